import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { compileColumns, compileQuery, EventColumns, explainQuery, QueryColumns, type QueriedContext, type QueriedRecord, type QueryNode } from '@/lib/query'
import { eventArbitrary, NOW, queryArbitrary } from '../testing/arbitrary'
import { referenceMatches } from '../testing/reference'

interface World {
  /** As logged. */
  readonly raw: JsonObject[]
  readonly events: AuditEvent[]
  readonly contexts: QueriedContext[]
  readonly records: QueriedRecord[]
}

/** Events of random requests, each in one or two stages, dealt out to contexts at random; some to none. */
const world: fc.Arbitrary<World> = fc
  .array(fc.record({ event: eventArbitrary, other: fc.option(eventArbitrary, { freq: 3 }), context: fc.nat(4), confidence: fc.constantFrom(0.5, 1, null) }), { minLength: 1, maxLength: 14 })
  .map((dealt) => {
    const stages = dealt.map(({ event, other }, at) => [
      ...(other ? [{ ...other, auditID: `a${at}`, stage: 'ResponseStarted' }] : []), { ...event, auditID: `a${at}`, stage: 'ResponseComplete' },
    ])
    const label = (context: number): object | null => (context === 3 ? null : { resource: ['pods', 'get', 'a'][context], verb: 'get', code: context, namespaced: context === 1 })
    const contexts = [0, 1, 2, 3].flatMap((context): QueriedContext[] => {
      const members = dealt.flatMap((one, at) => (one.context === context ? [`a${at}`] : []))
      const [auditID] = members
      if (auditID === undefined) return []
      const trigger = { auditID, user: 'alice' }
      return [{ id: ['alice', 'a', 'c2', 'c3'][context] ?? '', trigger, label: label(context), events: members.length, first: '2026-11-23T06:39:45Z', last: context === 1 ? null : '2026-11-23T06:39:50.000001Z', members }]
    })
    const records = dealt.map(({ context, confidence }, at): QueriedRecord => ({
      auditID: `a${at}`, role: context === 4 ? 'background' : contexts.some(({ trigger }) => trigger.auditID === `a${at}`) ? 'trigger' : 'consequence', label: context === 4 ? null : label(context), confidence,
    }))
    const raw = stages.flat() as JsonObject[]
    return { raw, events: raw.map(normaliseEvent), contexts, records }
  })

/** Records as the row interpreter takes them. */
function rowsOf(events: readonly (AuditEvent | JsonObject)[], { contexts, records }: World) {
  const last = new Map(events.map((event) => [String(event.auditID), event]))
  const contextOf = new Map(contexts.flatMap((context) => context.members.map((member) => [member, context] as const)))
  const row = (event: AuditEvent | JsonObject): object => ({ ...event, ...records.find((record) => record.auditID === event.auditID), context: contextOf.get(String(event.auditID)) })
  const members = (context: QueriedContext | undefined): object[] => (context?.members ?? []).flatMap((member) => { const event = last.get(member); return event ? [row(event)] : [] })
  return {
    lines: events.map((event) => ({ row: row(event), members: members(contextOf.get(String(event.auditID))) })),
    contexts: contexts.map((context) => ({ row: { ...last.get(context.trigger.auditID), label: context.label, role: 'trigger', confidence: 1, context }, members: members(context) })),
  }
}

async function columnsOf({ events, contexts, records }: World, query: QueryNode): Promise<QueryColumns> {
  const columns = new EventColumns({ paths: [] })
  const half = Math.floor(events.length / 2)
  columns.add(events.slice(0, half))
  columns.add(events.slice(half))
  await columns.load(columns.missing(query), async function* () { yield events })
  return new QueryColumns(columns, { contexts, records })
}

describe('columns answer as rows do', () => {
  test('any query, of contexts and of lines, asked once and again', async () => {
    let matched = 0
    await fc.assert(
      fc.asyncProperty(queryArbitrary, world, async (query, given) => {
        const [columns, rows, logged, asked] = [await columnsOf(given, query), rowsOf(given.events, given), rowsOf(given.raw, given), compileColumns(query)]
        for (const of of ['contexts', 'lines'] as const) {
          const wanted = rows[of].flatMap(({ row, members }, at) => (compileQuery(query, { membersOf: (record) => (record === row || members.includes(record) ? members : []), now: () => NOW })(row) ? [at] : []))
          expect(logged[of].flatMap(({ row, members }, at) => (referenceMatches(query, row, { members, now: NOW }) ? [at] : [])), explainQuery(query)).toEqual(wanted)
          matched += wanted.length
          expect(asked.run(columns, { of, now: NOW + 1 }).size).toBe(rows[of].length)
          expect(asked.run(columns, { of, now: NOW }).toArray(), `${of}: ${explainQuery(query)}`).toEqual(wanted)
          expect(asked.explain(columns, { of, now: NOW }).matched).toBe(wanted.length)
        }
      }),
      { numRuns: 1000 },
    )
    // Else the property would hold of anything that is always false.
    expect(matched).toBeGreaterThan(1000)
  }, 60_000)
})
