import { expect, it } from 'vitest'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { object, report, Scenario } from '@/lib/contexts/testing/scenario'

it('gives a patch of an Event series to what the Event was first about, whatever else goes by that name', () => {
  const log = new Scenario('series')
  const claim = object('PersistentVolumeClaim', 'shop', 'web')
  const made = log.send({ verb: 'create', resource: 'persistentvolumeclaims', namespace: 'shop', name: 'web', body: claim, cause: 'self' })
  const place = { user: 'system:serviceaccount:kube-system:some-provisioner', resource: 'events', namespace: 'shop', name: 'web.17' }
  const first = log.send({ ...place, verb: 'create', request: report(claim, 'web.17', 'Provisioning'), level: 'Request', cause: made })
  log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'web', body: object('Pod', 'shop', 'web'), after: 9000, cause: 'self' })
  const again = log.send({ ...place, verb: 'patch', request: { count: 2 }, level: 'Request', after: 9000, cause: made })
  const { contexts } = reconstruct(log.events.map((event) => extractFacts(event)))
  expect(contexts.find(({ trigger }) => trigger.auditID === made)?.members).toEqual([made, first, again])
})
