import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { leakage, storedSplit } from '@/lib/model/splits'
import { gatherParts, type PartOf } from './gather-parts'
import { labelsOf, rowsOf, tableOf } from './line-table'

const NONE = 3
/** For each line its request and the part of that; requests may have several lines. */
const dealt = fc.array(fc.record({ request: fc.nat(30), value: fc.constantFrom('a', 'b', null) }), { minLength: 40, maxLength: 120 })
const parts = fc.array(fc.nat(NONE), { minLength: 31, maxLength: 31 })

describe('lines gathered by a stored split', () => {
  it('are all of each part, in order, in windows of one part alone', () => {
    let split = 0
    fc.assert(fc.property(dealt, parts, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 }), (lines, partAt, W, stride) => {
      const rows = lines.map(({ value }) => PAPER_FEATURES.map(() => value))
      const table = tableOf(rows, lines.map(() => null), lines.map(({ request }) => `r${request}`))
      const partOf: PartOf = new Map(partAt.flatMap((part, request) => (part === NONE ? [] : [[`r${request}`, part as 0 | 1 | 2]])))
      const { table: gathered, sizes } = gatherParts(table, partOf)
      const wanted = [0, 1, 2].flatMap((part) => lines.flatMap((line, i) => (partOf.get(`r${line.request}`) === part ? [i] : [])))
      expect(gathered.auditIDs).toEqual(wanted.map((line) => `r${lines[line]?.request}`))
      expect(rowsOf(gathered)).toEqual(wanted.map((line) => rows[line]))
      expect(labelsOf(gathered)).toEqual(wanted.map(() => null))
      if (Math.min(sizes.train, sizes.validation, sizes.test) < W) return
      split++
      const made = storedSplit(sizes, W, { stride })
      for (const [starts, part] of [[made.train, 0], [made.validation, 1], [made.test, 2]] as const)
        for (const start of starts) for (let i = 0; i < W; i++) expect(partOf.get(gathered.auditIDs[start + i] ?? '')).toBe(part)
      expect(leakage(made, gathered.lines)).toEqual({ testLines: sizes.test, leaked: 0 })
      expect(made.fitted).toEqual([{ from: 0, to: sizes.train }])
    }))
    expect(split).toBeGreaterThan(30)
  })

  it('are refused where a part is shorter than a window', () => {
    expect(() => storedSplit({ train: 50, validation: 3, test: 20 }, 5, { stride: 1 })).toThrow(expect.objectContaining({ code: 'log-too-short', message: expect.stringContaining('validation block holds 3 lines') as string }))
  })
})
