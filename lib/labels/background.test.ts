import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { PAPER_AUTO_LABELS } from './auto-label'
import { BACKGROUND_RULES, backgroundRule } from './background'
import { firstRule } from './background-rule'
import { PAPER_BACKGROUND_RULES, PAPER_PARSER_NOISE } from './paper-background'
import { PAPER_PARSER_REMOVED } from './paper-removed'

const by = (username: string, verb: string, objectRef: JsonObject, more: JsonObject = {}) => normaliseEvent({ verb, objectRef, user: { username }, ...more })
const lease = { resource: 'leases', apiGroup: 'coordination.k8s.io', namespace: 'kube-system', name: 'l' }
const nodeEvent = { requestObject: { kind: 'Event', involvedObject: { kind: 'Node', name: 'n1' } } }

describe('our background rules', () => {
  it.each([
    ['lease-renewal', by('system:kube-scheduler', 'update', lease)],
    ['lease-renewal', by('system:serviceaccount:kube-system:some-csi', 'patch', { ...lease, namespace: 'other' })],
    ['node-heartbeat', by('system:node:n1', 'patch', { resource: 'nodes', name: 'n1', subresource: 'status' })],
    ['informer-watch', by('system:kube-controller-manager', 'watch', { resource: 'configmaps' })],
    ['informer-list', by('system:node:n1', 'list', { resource: 'services' })],
    ['informer-custom', by('system:kube-controller-manager', 'watch', { resource: 'widgets', apiGroup: 'lab.example' })],
    ['apiserver-endpoints', by('system:apiserver', 'get', { resource: 'endpoints', namespace: 'default', name: 'kubernetes' })],
    ['controller-credentials', by('system:kube-controller-manager', 'create', { resource: 'serviceaccounts', subresource: 'token', namespace: 'kube-system', name: 'x' })],
    ['node-event', by('system:node:n1', 'create', { resource: 'events', namespace: 'default', name: 'e' }, nodeEvent)],
    ['component-discovery', normaliseEvent({ verb: 'get', requestURI: '/apis', user: { username: 'system:apiserver' } })],
    ['leader-election-lock', by('system:kube-scheduler', 'update', { resource: 'endpoints', namespace: 'kube-system', name: 'kube-scheduler' }, { requestObject: { metadata: { annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } } } })],
  ])('%s', (id, event) => {
    expect(backgroundRule(event)?.id).toBe(id)
  })

  it.each([
    ['a user\'s lease', by('someone', 'update', lease)],
    ['a service account of a user renews a lease', by('system:serviceaccount:shop:operator', 'update', lease)],
    ['a refused poll without a user', normaliseEvent({ verb: 'get', objectRef: lease, responseStatus: { code: 401 } })],
    ['a user watches a kind', by('someone', 'watch', { resource: 'pods' })],
    ['a node touches another node', by('system:node:n1', 'patch', { resource: 'nodes', name: 'n2', subresource: 'status' })],
    ['a node makes a pod\'s token', by('system:node:n1', 'create', { resource: 'serviceaccounts', subresource: 'token', namespace: 'shop', name: 'default' })],
    ['the namespace controller clears leases', by('system:serviceaccount:kube-system:namespace-controller', 'deletecollection', { resource: 'leases', apiGroup: 'coordination.k8s.io', namespace: 'n' })],
    ['the collector takes a lease along', by('system:serviceaccount:kube-system:generic-garbage-collector', 'patch', lease)],
    ['a pod\'s event', by('system:node:n1', 'create', { resource: 'events', namespace: 'n', name: 'e' }, { requestObject: { involvedObject: { kind: 'Pod' } } })],
    ['an endpoints update for a service', by('system:serviceaccount:kube-system:endpoint-controller', 'update', { resource: 'endpoints', namespace: 'n', name: 's' })],
  ])('not %s', (_, event) => {
    expect(backgroundRule(event)).toBeNull()
  })

  it('have names of their own, a reason each, and the certain ones first', () => {
    expect(new Set(BACKGROUND_RULES.map((rule) => rule.id)).size).toBe(BACKGROUND_RULES.length)
    for (const rule of BACKGROUND_RULES) expect(rule.reason.length).toBeGreaterThan(10)
    const order = BACKGROUND_RULES.map((rule) => rule.certainty)
    expect(order.lastIndexOf('always')).toBeLessThan(order.indexOf('unless-linked'))
  })
})

describe('the paper\'s rules', () => {
  it('are 22 and 12, two pairs written twice', () => {
    expect(PAPER_BACKGROUND_RULES).toHaveLength(22)
    expect(PAPER_PARSER_NOISE).toHaveLength(12)
    const token = by('system:kube-controller-manager', 'create', { resource: 'serviceaccounts', subresource: 'token', namespace: 'kube-system', name: 'resourcequota-controller' })
    expect(PAPER_BACKGROUND_RULES.filter((rule) => rule.applies(token)).map((rule) => rule.id)).toEqual(['paper-2004', 'paper-2005'])
  })

  it('keep their faults', () => {
    const requests = by('system:kube-controller-manager', 'watch', { resource: 'certificatesigningrequests', apiGroup: 'certificates.k8s.io' })
    expect(firstRule(PAPER_BACKGROUND_RULES, requests)).toBeNull()
    expect(firstRule(PAPER_PARSER_NOISE, requests)?.id).toBe('kube_controller_watching_objects')
    expect(firstRule(PAPER_BACKGROUND_RULES, by('system:node:n1', 'patch', { resource: 'nodes', name: 'n2' }))?.id).toBe('paper-2013')
    expect(firstRule(PAPER_BACKGROUND_RULES, by('system:kube-scheduler', 'patch', { ...lease, name: 'kube-scheduler' }))).toBeNull()
    expect(firstRule(PAPER_PARSER_NOISE, by('system:node:n1', 'create', { resource: 'serviceaccounts', subresource: 'token', namespace: 'shop', name: 'default' }))?.id).toBe('nodes_creating_sas_token')
  })

  it('drop what the parser drops', () => {
    const pods = { resource: 'pods', namespace: 'n' }
    const removed = (raw: JsonObject) => firstRule(PAPER_PARSER_REMOVED, normaliseEvent(raw))?.id
    expect(removed({ verb: 'get', requestURI: '/healthz' })).toBe('no_object')
    expect(removed({ objectRef: {}, requestURI: '/openapi/v3/apis' })).toBe('uri')
    expect(removed({ objectRef: pods, verb: 'watch', stage: 'ResponseStarted' })).toBe('response_started_watch')
    expect(removed({ objectRef: { ...pods, namespace: 'falco' } })).toBe('cni_and_external_namespaces')
    expect(removed({ objectRef: pods, verb: 'watch', stage: 'ResponseComplete', requestURI: '/api/v1/pods' })).toBeUndefined()
  })

  it('label a kubelet\'s reads by its group', () => {
    const read = { verb: 'get', objectRef: { resource: 'nodes', name: 'n1' } }
    expect(PAPER_AUTO_LABELS.find((rule) => rule.applies(normaliseEvent({ ...read, user: { username: 'system:node:n1', groups: ['system:nodes'] } })))?.gives).toBe(61632)
    expect(PAPER_AUTO_LABELS.some((rule) => rule.applies(normaliseEvent({ ...read, user: { username: 'system:node:n1' } })))).toBe(false)
  })
})
