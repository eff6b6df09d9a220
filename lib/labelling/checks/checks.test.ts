import { createReadStream } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import { buildLog } from '@/lib/contexts/testing/cluster/build-log'
import { OPERATIONS } from '@/lib/contexts/testing/cluster/operations'
import { profiles } from '@/lib/contexts/testing/cluster/profile'
import { Random } from '@/lib/contexts/testing/cluster/random'
import { makeLabel } from '@/lib/labels/codec'
import { ownAction } from '@/lib/labels/own-action'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { Role } from '../types'
import { CHECKS, runChecks } from './run-checks'
import { columnsOf } from './testing/columns-of'
import type { CheckInput, CheckReport, StandingLabel } from './types'

const PROFILES = profiles(new Random(7))
const BUSY = Array.from({ length: 2 }, () => Object.values(OPERATIONS)).flat()

interface Labelled { readonly events: AuditEvent[]; readonly labels: Map<string, StandingLabel> }

/** A cluster at work, each request with the label of its context. */
function labelledLog(place: number): Labelled {
  const profile = PROFILES[place]
  if (!profile) throw new RangeError(`no profile ${place}`)
  const { events, truth } = buildLog(profile, BUSY, 7)
  const byId = new Map(events.map((event) => [event.auditID, event]))
  const actions = new Map<string, ActionLabel | null>()
  const labels = new Map(truth.map(({ auditID, role, context }): [string, StandingLabel] => {
    const id = context as string | null
    if (id !== null && !actions.has(id)) actions.set(id, ownAction(byId.get(id) as AuditEvent))
    return [auditID as string, { role: role as Role, context: id, label: id === null ? null : (actions.get(id) ?? null) }]
  }))
  return { events, labels }
}

function inputOf({ events, labels }: Labelled, splits: CheckInput['splits'] = []): CheckInput {
  const log = columnsOf(events)
  const timeless = new Set(events.flatMap((event, seq) => (event.receivedMicros === null ? [seq] : [])))
  return { log, labels: log.auditIDs.map((id) => labels.get(id) ?? null), splits, timeless }
}

const counts = (report: CheckReport): Record<string, number> => Object.fromEntries(report.findings.filter(({ count }) => count > 0).map(({ check, count }) => [check, count]))
const shipped = (name: string): string => path.join(import.meta.dirname, '../../../datasets', name)

describe('what is labelled rightly', () => {
  test.each(PROFILES.map(({ name }, place) => [name, place] as const))('on a cluster of another kind, %s, shows no contradiction', (_, place) => {
    const found = counts(runChecks(inputOf(labelledLog(place))))
    expect(found).toEqual({})
  })

  test.each(['sample', 'incidents-a'])('in %s shows no contradiction', async (name) => {
    const { events } = await collectEvents(openSource(path.join(shipped(name), 'audit.jsonl.gz')))
    const labels = new Map((await readRecords(createReadStream(path.join(shipped(name), 'truth.jsonl.gz')), 'truth')).map((record) => {
      const { auditID, role, context, label } = record as { auditID: string; role: Role; context: string | null; label: ActionLabel | null }
      return [auditID, { role, context, label: label && makeLabel(label) }]
    }))
    const report = runChecks(inputOf({ events, labels }))
    expect(counts(report)).toEqual({})
    expect(report).toMatchObject({ lines: events.length, labelled: labels.size })
  })
})

describe('a contradiction that is put in', () => {
  const clean = labelledLog(0)
  const requests = [...clean.labels.entries()]
  const event = new Map(clean.events.map((one) => [one.auditID, one]))
  const at = (auditID: string): number => event.get(auditID)?.receivedMicros ?? 0
  const contexts = new Map<string, [string, StandingLabel][]>()
  for (const one of requests) if (one[1].context !== null) contexts.set(one[1].context, [...(contexts.get(one[1].context) ?? []), one])
  const [large = []] = [...contexts.values()].sort((a, b) => b.length - a.length)
  const trigger = large.find(([, label]) => label.role === 'trigger') as [string, StandingLabel]
  const consequence = large.findLast(([, label]) => label.role === 'consequence') as [string, StandingLabel]
  const background = requests.find(([id, label]) => label.role === 'background' && event.get(id)?.objectRef) as [string, StandingLabel]
  const secrets = makeLabel({ group: '', resource: 'secrets', verb: 'delete', namespaced: true, single: true })

  const changed = (...changes: [string, Partial<StandingLabel>][]): Labelled => ({ events: clean.events, labels: new Map([...clean.labels, ...changes.map(([id, change]): [string, StandingLabel] => [id, { ...(clean.labels.get(id) as StandingLabel), ...change }])]) })
  const found = (labelled: Labelled, check: string, splits?: CheckInput['splits']) => runChecks(inputOf(labelled, splits)).findings.find((finding) => finding.check === check)
  const moved = (auditID: string, change: Partial<AuditEvent>): AuditEvent[] => clean.events.map((one) => (one.auditID === auditID ? { ...one, ...change } : one))

  it.each([
    ['not-own-action', trigger[0], changed([trigger[0], { label: secrets }])],
    ['mixed-labels', consequence[0], changed([consequence[0], { label: secrets }])],
    ['several-triggers', consequence[0], changed([consequence[0], { role: 'trigger' }])],
    ['component-trigger', consequence[0], changed([consequence[0], { role: 'trigger' }])],
    ['no-trigger', large.filter(([id]) => id !== trigger[0]).map(([id]) => id).sort((a, b) => at(a) - at(b))[0], changed([trigger[0], { context: null }])],
    ['role-without-label', trigger[0], changed([trigger[0], { context: null }])],
    ['role-without-label', consequence[0], changed([consequence[0], { label: null }])],
    ['label-without-role', consequence[0], changed([consequence[0], { role: null }])],
    ['background-in-context', background[0], changed([background[0], { context: trigger[1].context }])],
    ['external-background', trigger[0], changed([trigger[0], { role: 'background', label: null, context: null }])],
    ['nonresource-object', background[0], changed([background[0], { role: 'nonresource' }])],
    ['wrong-scope', trigger[0], changed([trigger[0], { label: makeLabel({ group: '', resource: 'nodes', verb: 'get', namespaced: true, single: true }) }])],
    ['not-served', trigger[0], changed([trigger[0], { label: makeLabel({ group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews', verb: 'delete', namespaced: false, single: true }) }])],
    ['before-trigger', consequence[0], { ...clean, events: moved(consequence[0], { receivedMicros: at(trigger[0]) - 2_000_000 }) }],
    ['long-silence', consequence[0], { ...clean, events: moved(consequence[0], { receivedMicros: at(consequence[0]) + 3600e6 }) }],
    ['impossible-time', consequence[0], { ...clean, events: moved(consequence[0], { receivedMicros: null }) }],
    ['no-time', consequence[0], { ...clean, events: moved(consequence[0], { receivedMicros: null }) }],
    ['repeated-stage', consequence[0], { ...clean, events: [...clean.events, event.get(consequence[0]) as AuditEvent] }],
    ['same-request', 'copy', { labels: clean.labels, events: [...clean.events, { ...(event.get(trigger[0]) as AuditEvent), auditID: 'copy' }] }],
    ['shared-audit-id', consequence[0], { ...clean, events: [...clean.events, { ...(event.get(consequence[0]) as AuditEvent), stage: 'ResponseStarted', verb: 'delete' }] }],
    ['no-audit-id', '', { ...clean, events: moved(background[0], { auditID: '' }) }],
  ] as [string, string, Labelled][])('is found: %s', (check, auditID, labelled) => {
    const finding = found(labelled, check)
    expect(finding?.places.map((place) => place.auditID)).toContain(auditID)
    expect(finding?.count).toBeLessThan(3)
  })

  it('says which parts of a label are not the request\'s own', () => {
    expect(found(changed([trigger[0], { label: secrets }]), 'not-own-action')?.places[0]?.note).toMatch(/^labelled delete secrets, but asks to .*verb/)
  })

  it('names a label whose resource the context never touches', () => {
    const odd = makeLabel({ group: 'example.com', resource: 'widgets', verb: 'create', namespaced: true, single: true })
    expect(found(changed(...large.map(([id]): [string, Partial<StandingLabel>] => [id, { label: odd }])), 'resource-unknown')?.count).toBe(1)
  })

  it('doubts a read that is followed by writes', () => {
    const read = { ...clean.events.find((one) => one.auditID === trigger[0]), verb: 'get' } as AuditEvent
    const label = ownAction(read)
    const written = large.filter(([id]) => ['create', 'patch', 'update', 'delete'].includes(event.get(id)?.verb ?? '') && id !== trigger[0] && !event.get(id)?.objectRef?.resource?.endsWith('reviews'))
    const labelled = changed(...large.map(([id]): [string, Partial<StandingLabel>] => [id, { label }]))
    expect(written.length).toBeGreaterThan(0)
    expect(found({ ...labelled, events: moved(trigger[0], { verb: 'get' }) }, 'read-that-writes')?.count).toBe(written.length)
  })

  it('tells contexts that straddle two parts of a split, and parts that touch', () => {
    const { log } = inputOf(clean)
    const middle = log.auditIDs.indexOf(consequence[0])
    const partOf = log.auditIDs.map((_, request) => (request < middle ? 0 : 1))
    const halves = { name: 'halves', parts: ['train', 'test'], partOf }
    expect(found(clean, 'split-context', [halves])?.places.some(({ note }) => note.includes(trigger[1].context as string))).toBe(true)
    expect(found(clean, 'split-window', [halves])?.count).toBeGreaterThan(0)
    const whole = { ...halves, partOf: partOf.map(() => 0) }
    expect([found(clean, 'split-context', [whole])?.count, found(clean, 'split-window', [whole])?.count]).toEqual([0, 0])
    const gap = { ...halves, partOf: log.auditIDs.map((_, request) => (request < 100 ? 0 : request < 200 ? -1 : 1)) }
    expect(found(clean, 'split-window', [gap])?.count).toBe(0)
    expect(found(clean, 'split-context')).toBeUndefined()
  })
})

test('every check has a name of its own and says what to do', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length)
  for (const { title, why, todo } of CHECKS) for (const text of [title, why, todo]) expect(text.length).toBeGreaterThan(12)
})
