import { expect, it } from 'vitest'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { servedKind } from '@/lib/contexts/served-kind'
import { CONTROLLER, Scenario } from '@/lib/contexts/testing/scenario'

const GROUP = 'cache.acme.example'
const PLACE = { group: GROUP, resource: 'redis', subresource: '', namespace: 'shop', name: 'r' }

it('learns a plural that the conventions would not give, from an object and from the definition', () => {
  const served = { group: GROUP, guess: 'redises', resource: 'redis', clusterScoped: false }
  expect(servedKind({ kind: 'Redis', apiVersion: `${GROUP}/v1` }, PLACE)).toEqual(served)
  const definition = { spec: { group: GROUP, scope: 'Namespaced', names: { kind: 'Redis', plural: 'redis' } } }
  expect(servedKind(definition, { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', subresource: '', namespace: '', name: `redis.${GROUP}` })).toEqual(served)
})

it('says nothing where the guess is right, of built-in kinds, and of bodies that are something else', () => {
  expect(servedKind({ kind: 'Gadget', apiVersion: `${GROUP}/v1` }, { ...PLACE, resource: 'gadgets' })).toBeNull()
  expect(servedKind({ kind: 'Pod', apiVersion: 'v1' }, { ...PLACE, group: '', resource: 'pods' })).toBeNull()
  expect(servedKind({ kind: 'Status', apiVersion: 'v1' }, PLACE)).toBeNull()
  expect(servedKind({}, PLACE)).toBeNull()
})

it('joins a child to a cluster-scoped custom resource of which only the definition and the name are logged', () => {
  const log = new Scenario('served')
  const definition = { kind: 'CustomResourceDefinition', apiVersion: 'apiextensions.k8s.io/v1', metadata: { name: `redis.${GROUP}` }, spec: { group: GROUP, scope: 'Cluster', names: { kind: 'Redis', plural: 'redis' }, versions: [] } }
  log.send({ verb: 'create', group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', name: `redis.${GROUP}`, body: definition, cause: 'self' })
  const made = log.send({ verb: 'create', group: GROUP, resource: 'redis', name: 'r', level: 'Metadata', cause: 'self' })
  const child = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'unlike', namespace: 'shop', uid: 'u-1', ownerReferences: [{ apiVersion: `${GROUP}/v1`, kind: 'Redis', name: 'r', uid: 'u-2' }] } }
  const followed = log.send({ user: `${CONTROLLER}redis-operator`, verb: 'create', resource: 'configmaps', namespace: 'shop', name: 'unlike', body: child, cause: made })
  const { contexts } = reconstruct(log.events.map((event) => extractFacts(event)))
  expect(contexts.find(({ trigger }) => trigger.auditID === made)?.members).toEqual([made, followed])
})
