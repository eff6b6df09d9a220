import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseEvent } from '@/lib/audit/normalise'
import type { JsonObject } from '@/lib/audit/event'
import { compileQuery, completeQuery, describeAt, explainQuery, fieldsUsed, formatQuery, formatQueryError, isQueryError, parseQuery, queryInWords, type QueryNode } from '@/lib/query'
import { eventArbitrary, NOW, queryArbitrary } from './testing/arbitrary'
import { referenceMatches } from './testing/reference'

describe('generated queries', () => {
  test('the canonical text parses to the same tree', () => {
    fc.assert(fc.property(queryArbitrary, (node) => {
      expect(parseQuery(explainQuery(node))).toEqual(node)
    }), { numRuns: 1000 })
  })

  test('formatting keeps the meaning, and done again changes nothing', () => {
    const spaced = fc.constantFrom(' ', '\n', '   ', '\t')
    fc.assert(fc.property(queryArbitrary, fc.array(spaced, { minLength: 1 }), (node, spaces) => {
      let at = 0
      // Spaces of a quoted text are its own.
      const untidy = explainQuery(node).replace(/"(?:\\.|[^"\\])*"| /g, (piece) => (piece === ' ' ? (spaces[at++ % spaces.length] ?? ' ') : piece))
      const formatted = formatQuery(untidy)
      expect(parseQuery(formatted), formatted).toEqual(node)
      expect(formatQuery(formatted)).toBe(formatted)
      expect(queryInWords(node).length).toBeGreaterThan(5)
    }), { numRuns: 1000 })
  })

  test('agree with the reference evaluator, on the event as logged and as normalised', () => {
    let matched = 0
    fc.assert(
      fc.property(queryArbitrary, fc.array(eventArbitrary, { minLength: 1, maxLength: 8 }), (node, events) => {
        const context = { id: 'alice', events: 2, first: '2026-11-23T06:39:45Z', last: '2026-11-23T06:39:50.000001Z', members: ['a'], trigger: { user: 'alice' } }
        const [rows, normalised] = [events.map((event) => ({ ...event, context, role: 'get' })), events.map((event) => ({ ...normaliseEvent(event as JsonObject), context, role: 'get' }))]
        const [matches, matchesNormalised] = [rows, normalised].map((members) => compileQuery(node, { membersOf: () => members, now: () => NOW }))
        for (const [at, row] of rows.entries()) {
          const wanted = referenceMatches(node, row, { members: rows, now: NOW })
          if (wanted) matched++
          expect(matches?.(row), explainQuery(node)).toBe(wanted)
          expect(matchesNormalised?.(normalised[at] ?? {}), explainQuery(node)).toBe(wanted)
        }
      }),
      { numRuns: 1500 },
    )
    // Else the property would hold of anything that is always false.
    expect(matched).toBeGreaterThan(500)
  })

  test('every node is frozen, and so are its parts', () => {
    const assertFrozen = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      expect(Object.isFrozen(value)).toBe(true)
      for (const part of Object.values(value)) assertFrozen(part)
    }
    fc.assert(fc.property(queryArbitrary, (node) => assertFrozen(parseQuery(explainQuery(node)))), { numRuns: 100 })
  })

  test('the fields used are those that the canonical text names', () => {
    fc.assert(fc.property(queryArbitrary, (node) => {
      const text = explainQuery(node)
      for (const field of fieldsUsed(node)) expect(text).toContain(field)
    }), { numRuns: 200 })
  })
})

const PIECES = ['verb', 'user.username', 'name', 'requestObject.a', 'context.events', 'alice', '==', '!=', '<', '<=', '=', '(', ')', '[', ']', ',', 'and', 'or', 'not', '!', '&&', 'in', 'exists', 'regexp', 'contains', '"x"', "'y", '"(a"', '12', '1e999', '-0', '2026-11-23', '2026-02-30', 'true', 'null', '.', '__proto__', 'constructor', '\u202E', '\\', '"\\u12"', '\n'] as const
/** A query with a cut or a stray piece in it. */
const mutated = fc.tuple(queryArbitrary, fc.nat(200), fc.nat(3), fc.constantFrom('', ...PIECES)).map(([node, at, length, piece]) => {
  const text = explainQuery(node)
  return text.slice(0, at) + piece + text.slice(at + length)
})
const hostile = fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')))

describe('any text', () => {
  test('parses or throws a QueryError whose place is in the text', () => {
    let parsed = 0
    fc.assert(fc.property(hostile, (text) => {
      let node: QueryNode
      try {
        node = parseQuery(text)
      } catch (error) {
        if (!isQueryError(error)) throw error
        expect(error.start).toBeGreaterThanOrEqual(0)
        expect(error.end).toBeGreaterThanOrEqual(error.start)
        expect(error.end).toBeLessThanOrEqual(text.length)
        const lines = text.split('\n')
        expect(lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + error.column - 1).toBe(error.start)
        expect(formatQueryError(text, error).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        return
      }
      parsed++
      expect(parseQuery(explainQuery(node))).toEqual(node)
      compileQuery(node, { membersOf: (record) => [record] })({})
    }), { numRuns: 2000 })
    expect(parsed).toBeGreaterThan(20)
  })

  test('completes and describes without throwing, within the text', () => {
    fc.assert(fc.property(hostile, fc.nat(80), (text, position) => {
      describeAt(text, position)
      for (const { start, end } of completeQuery(text, position)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }), { numRuns: 300 })
  })
})
