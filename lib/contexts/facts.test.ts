import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { resourceOfKind } from '@/lib/contexts/kinds'
import { object, Scenario, type Request } from '@/lib/contexts/testing/scenario'

function event(request: Omit<Request, 'cause'>): AuditEvent {
  const log = new Scenario('facts')
  log.send({ ...request, cause: null })
  const [first] = log.events
  if (!first) throw new Error('no event')
  return first
}

describe('extractFacts', () => {
  it('takes name and uid from the answer where objectRef has none', () => {
    const facts = extractFacts(event({ verb: 'create', resource: 'pods', namespace: 'shop', body: object('Pod', 'shop', 'web-x') }))
    expect(facts).toMatchObject({ refName: null, name: 'web-x', uid: 'uid-Pod-shop-web-x', hasBody: true, external: true, api: true })
  })

  it('does not take the answer of a sub-resource for the object', () => {
    const facts = extractFacts(event({ verb: 'create', resource: 'pods', subresource: 'eviction', namespace: 'shop', name: 'web', body: object('Eviction', 'shop', 'other') }))
    expect(facts).toMatchObject({ name: 'web', uid: null, hasBody: false })
  })

  it('reads what a pod refers to', () => {
    const spec = {
      nodeName: 'n1', serviceAccountName: 'sa', imagePullSecrets: [{ name: 'pull' }],
      volumes: [{ configMap: { name: 'conf' } }, { secret: { secretName: 'key' } }, { persistentVolumeClaim: { claimName: 'data' } }, { projected: { sources: [{ configMap: { name: 'ca' } }] } }, null, 'junk'],
      containers: [{ envFrom: [{ secretRef: { name: 'env' } }], env: [{ valueFrom: { configMapKeyRef: { name: 'one' } } }] }],
    }
    const { references } = extractFacts(event({ verb: 'get', resource: 'pods', namespace: 'shop', name: 'web', body: object('Pod', 'shop', 'web', { spec }) }))
    expect(references.map(({ relation, resource, name }) => `${relation} ${resource} ${name ?? ''}`).sort()).toEqual([
      'claim persistentvolumeclaims data', 'node nodes n1', 'uses configmaps ca', 'uses configmaps conf', 'uses configmaps one', 'uses secrets env', 'uses secrets key',
      'uses secrets pull', 'uses serviceaccounts sa',
    ])
  })

  it('leaves out owners that are nodes, and keeps custom ones by group', () => {
    const body = { kind: 'Pod', metadata: { name: 'p', ownerReferences: [{ kind: 'Node', apiVersion: 'v1', name: 'n1', uid: 'u1' }, { kind: 'Policy', apiVersion: 'acme.example/v1', name: 'x', uid: 'u2' }] } }
    const { references } = extractFacts(event({ verb: 'get', resource: 'pods', namespace: 'shop', name: 'p', body }))
    expect(references).toEqual([{ relation: 'owner', group: 'acme.example', resource: 'policies', namespace: 'shop', name: 'x', uid: 'u2' }])
  })

  it('tells a dry run by URI and by body', () => {
    expect(extractFacts(event({ verb: 'create', resource: 'pods', uri: '/api/v1/pods?dryRun=All' })).dryRun).toBe(true)
    expect(extractFacts(event({ verb: 'delete', resource: 'pods', request: { kind: 'DeleteOptions', dryRun: ['All'] } })).dryRun).toBe(true)
    expect(extractFacts(event({ verb: 'delete', resource: 'pods', request: { kind: 'DeleteOptions', dryRun: [] } })).dryRun).toBe(false)
  })

  it('bounds what a hostile set of claims can ask for', () => {
    const body = object('StatefulSet', 'shop', 'db', { spec: { replicas: 1e12, volumeClaimTemplates: [{ metadata: { name: 'd' } }] } })
    expect(extractFacts(event({ verb: 'create', group: 'apps', resource: 'statefulsets', namespace: 'shop', name: 'db', body })).references).toHaveLength(1000)
  })

  it('holds nothing of the bodies', () => {
    const body = { ...object('ConfigMap', 'shop', 'c'), data: { secret: 'needle-in-the-body' } }
    expect(JSON.stringify(extractFacts(event({ verb: 'create', resource: 'configmaps', namespace: 'shop', name: 'c', request: body, body })))).not.toContain('needle')
  })
})

describe('resourceOfKind', () => {
  it.each([
    ['Endpoints', 'v1', '', 'endpoints'], ['Ingress', 'extensions/v1beta1', 'networking.k8s.io', 'ingresses'], ['Deployment', null, 'apps', 'deployments'],
    ['Gateway', 'acme.example/v1', 'acme.example', 'gateways'], ['Service', 'serving.example/v1', 'serving.example', 'services'], ['Proxy', 'acme.example/v1', 'acme.example', 'proxies'],
    ['constructor', 'v1', '', 'constructors'],
  ])('%s of %s', (kind, apiVersion, group, resource) => {
    expect(resourceOfKind(kind, apiVersion)).toEqual({ group, resource })
  })
})
