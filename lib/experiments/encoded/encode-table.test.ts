import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import { featureRow } from '@/lib/features/feature-row'
import { ownAction } from '@/lib/labels/own-action'
import { encodeDataset, encodeWith } from '@/lib/model/dataset'
import { tinyLog } from '@/lib/model/fixtures/tiny-log'
import { isModelLine } from '@/lib/model/line-target'
import { encodeTable, encodeTableWith } from './encode-table'
import { labelsOf, rowsOf, tableOf } from './line-table'
import { FEATURE_VERSION } from './line-cache'

const { events } = await collectEvents(openSource('datasets/sample/audit.jsonl.gz'))
const lines = events.filter(isModelLine)
const rows = lines.map(featureRow)
// Every seventh line is left without a label, as one that nobody has labelled.
const labels = lines.map((event, i) => (i % 7 === 3 ? null : ownAction(event)))

test('a table gives its lines back', () => {
  const table = tableOf(rows, labels)
  expect(table.codes).toBeInstanceOf(Uint16Array)
  expect(rowsOf(table)).toEqual(rows)
  expect(labelsOf(table).map((label) => label?.code ?? null)).toEqual(labels.map((label) => label?.code ?? null))
})

test('it encodes as the rows themselves do, whatever is fitted and left out', () => {
  for (const examples of [{ rows, labels }, tinyLog(200, 3)]) {
    const all = examples.rows.length
    for (const fitted of [{ from: 0, to: all }, { from: 0, to: Math.round(all / 3) }, { from: 20, to: 60 }, [{ from: 5, to: 40 }, { from: 70, to: 120 }]]) {
      for (const rest of [{ paperIds: true }, { paperIds: false, omit: ['verb', 'userAgent.tool'] }]) {
        const { coder, ...want } = encodeDataset(examples, { fitted, ...rest })
        const { coder: ours, ...got } = encodeTable(tableOf(examples.rows, examples.labels), { fitted, ...rest })
        expect(got).toEqual(want)
        expect(ours.toData()).toEqual(coder.toData())
      }
    }
  }
})

test('another table is encoded with what was fitted on the first, as its rows would be', () => {
  const [a, b] = [tinyLog(90, 3), tinyLog(60, 8)]
  const fitted = { from: 0, to: 50 }
  const first = encodeTable(tableOf(a.rows, a.labels), { fitted, paperIds: false })
  const { coder: _coder, ...got } = encodeTableWith(tableOf(b.rows, b.labels), first.inputs, first.coder)
  const { coder: _same, ...want } = encodeWith(b, first.inputs, first.coder)
  expect(got).toEqual(want)
  expect(encodeTableWith(tableOf(a.rows, a.labels), first.inputs, first.coder).lines).toEqual(first.lines)
})

test('many values take wider codes', () => {
  const many = Array.from({ length: 70_000 }, (_, i) => [String(i), ...Array.from({ length: 38 }, () => null)])
  const table = tableOf(many, many.map(() => null))
  expect(table.codes).toBeInstanceOf(Uint32Array)
  expect(rowsOf(table).at(-1)?.[0]).toBe('69999')
})

test('the version of what is cached grows when features or targets are read otherwise', () => {
  const digest = createHash('sha256').update(JSON.stringify([rows, labels])).digest('hex').slice(0, 16)
  // Failing here: raise FEATURE_VERSION in line-cache.ts, then pin the new pair.
  expect({ version: FEATURE_VERSION, digest }).toEqual({ version: 1, digest: 'b98f2e5ae743573e' })
})
