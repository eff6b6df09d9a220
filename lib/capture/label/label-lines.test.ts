import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { contextId } from '@/lib/contexts/context-id'
import { CONTROLLER, object, report, Scenario, type Request } from '@/lib/contexts/testing/scenario'
import { FactPool } from '@/lib/contexts/fact-pool'
import { tokenFinder } from '../names'
import { labelLines, type CaptureLabels } from './label-lines'
import { noteLine } from './note'
import type { SentRequest } from './sent'

const ID = 'bcdfgh'
const [SPACE, WEB] = [`ns-${ID}222`, `web-${ID}444`]
const TOKENS = new Map([[`${ID}222`, { scene: 's', namespace: true }], [`${ID}444`, { scene: 's', namespace: false }]])
const OWNER = object('Deployment', SPACE, WEB, { spec: { replicas: 1 } })
const SET = object('ReplicaSet', SPACE, `${WEB}-7d`, { owner: OWNER })
const POD = object('Pod', SPACE, `${WEB}-7d-x`, { owner: SET })
const DEPLOYMENT = { group: 'apps', resource: 'deployments', namespace: SPACE, name: WEB, cause: 'self' } as const
const QUIET = 5000

/** Labels a log; `ours` are the audit IDs that the capture sent, with what it says that it sent. */
function label(log: Scenario, ours: readonly string[], more: { readonly path?: string; readonly events?: readonly AuditEvent[] } = {}): CaptureLabels {
  const events = more.events ?? log.events
  const METHODS: Record<string, SentRequest['method']> = { create: 'POST', patch: 'PATCH', delete: 'DELETE' }
  const sent = new Map(ours.map((auditID) => {
    const event = log.events.find((one) => one.auditID === auditID)
    return [auditID, { auditID, answeredID: null, step: 1, scene: 's', method: METHODS[event?.verb ?? ''] ?? 'GET', path: more.path ?? event?.requestURI ?? '', label: null, status: 200 }] as const
  }))
  const options = { find: tokenFinder([ID]), isOurs: (auditID: string): boolean => sent.has(auditID), pool: new FactPool() }
  return labelLines(events.map((event) => noteLine(event, options)), { sent, tokens: TOKENS, settle: 2 })
}

/** The trigger of each labelled request, 'open' for an unsure one, null for background. */
function answers(log: Scenario, labels: CaptureLabels): Record<string, string | null> {
  const of = new Map(log.events.map(({ auditID }) => [contextId(auditID), auditID]))
  return { ...Object.fromEntries(labels.sure.map(({ auditID, context }) => [auditID, context === null ? null : of.get(context) ?? 'nobody'])), ...Object.fromEntries(labels.unsure.map(({ auditID }) => [auditID, 'open'])) }
}

const made = (log: Scenario): string => log.send({ ...DEPLOYMENT, verb: 'create', body: OWNER })
const component = (name: string, request: Omit<Request, 'user' | 'cause' | 'namespace'>): Request => ({ user: `${CONTROLLER}${name}`, namespace: SPACE, cause: null, ...request })
const podMade = (log: Scenario): string => log.send(component('replicaset-controller', { verb: 'create', resource: 'pods', body: POD }))

describe('labelLines', () => {
  it('gives consequences to the last act where all had come to rest before it', () => {
    const log = new Scenario('rest')
    const first = made(log)
    const set = log.send(component('deployment-controller', { verb: 'create', group: 'apps', resource: 'replicasets', name: `${WEB}-7d`, body: SET }))
    const pod = podMade(log)
    for (const body of [{ ...POD, status: { phase: 'Running' } }]) log.send({ user: 'system:node:n', verb: 'patch', resource: 'pods', subresource: 'status', namespace: SPACE, name: `${WEB}-7d-x`, body, cause: null })
    for (const [resource, body] of [['replicasets', SET], ['deployments', OWNER]] as const) log.send(component('deployment-controller', { verb: 'update', group: 'apps', resource, subresource: 'status', name: resource === 'deployments' ? WEB : `${WEB}-7d`, body: { ...body, metadata: { ...(body['metadata'] as object), generation: 1 }, spec: { replicas: 1 }, status: { observedGeneration: 1, readyReplicas: 1 } } }))
    const second = log.send({ ...DEPLOYMENT, verb: 'patch', after: QUIET, body: { ...OWNER, spec: { replicas: 0 } } })
    const removed = log.send(component('replicaset-controller', { verb: 'delete', resource: 'pods', name: `${WEB}-7d-x`, body: POD }))
    const labels = label(log, [first, second])
    expect(labels.unsure).toEqual([])
    expect(answers(log, labels)).toMatchObject({ [set]: first, [pod]: first, [removed]: second })
    expect(labels.sure.find(({ auditID }) => auditID === removed)?.label).toMatchObject({ group: 'apps', resource: 'deployments', verb: 'patch', namespaced: true, single: true })
  })

  it('leaves open what follows a second change that came too soon', () => {
    const log = new Scenario('soon')
    const ours = [made(log), log.send({ ...DEPLOYMENT, verb: 'patch', after: 300, body: OWNER })]
    const pod = podMade(log)
    expect(answers(log, label(log, ours))).toMatchObject({ [ours[0] ?? '']: ours[0], [ours[1] ?? '']: ours[1], [pod]: 'open' })
  })

  it('leaves open what is told of a pod that was still starting when the next change came', () => {
    const log = new Scenario('starting')
    const first = made(log)
    log.send(component('deployment-controller', { verb: 'create', group: 'apps', resource: 'replicasets', name: `${WEB}-7d`, body: SET }))
    podMade(log)
    const second = log.send({ ...DEPLOYMENT, verb: 'patch', after: 60_000, body: { ...OWNER, spec: { replicas: 2 } } })
    const pulled = log.send({ user: 'system:node:n', verb: 'create', resource: 'events', namespace: SPACE, body: report(POD, `${WEB}-7d-x.1`, 'Pulled'), cause: null })
    expect(answers(log, label(log, [first, second]))).toMatchObject({ [pulled]: 'open' })
  })

  it('believes no audit ID alone', () => {
    const log = new Scenario('ids')
    const [first, pod] = [made(log), podMade(log)]
    expect(answers(log, label(log, [first], { path: '/api/v1/namespaces/other/secrets' }))).toMatchObject({ [first]: 'open', [pod]: 'open' })
    const twin = { ...(log.events[0] as AuditEvent), requestURI: '/api/v1/secrets', requestReceivedTimestamp: '2026-01-05T10:00:09.000000Z' }
    expect(answers(log, label(log, [first], { events: [...log.events, twin] }))).toMatchObject({ [first]: 'open', [pod]: 'open' })
  })

  it('takes strangers for users, and leaves what follows from them open', () => {
    const log = new Scenario('strangers')
    const theirs = log.send({ user: 'dana', verb: 'create', resource: 'pods', namespace: 'else', name: 'p', body: object('Pod', 'else', 'p'), cause: 'self' })
    const bound = log.send({ user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'else', name: 'p', cause: null })
    const nobody = log.send({ user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'else', name: 'q', cause: null })
    const lease = log.send({ user: 'system:node:n', verb: 'patch', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name: 'n', cause: null })
    expect(answers(log, label(log, []))).toEqual({ [theirs]: theirs, [bound]: 'open', [nobody]: 'open', [lease]: null })
  })

  it('takes requests for no object as the truths that ship do', () => {
    const log = new Scenario('none')
    const asked = ['dana', 'system:kube-scheduler'].map((user) => log.send({ user, verb: 'get', resource: '', uri: '/version', cause: null }))
    const events = log.events.map((event) => ({ ...event, objectRef: null }))
    expect(label(log, [], { events }).sure.map(({ auditID, role }) => [auditID, role])).toEqual([[asked[0], 'nonresource'], [asked[1], 'background']])
  })

  it('tells which of our requests the log lacks', () => {
    const log = new Scenario('lost')
    const first = made(log)
    expect(label(log, [first, 'lost-7']).missing.map(({ auditID }) => auditID)).toEqual(['lost-7'])
  })
})
