import { CONTROLLER, object, report, Scenario } from '@/lib/contexts/testing/scenario'

/** An attached volume, a token kept for a service account, and an Event patched without saying what it is about. */
export function attachments(): Scenario {
  const log = new Scenario('attachments')
  const volume = object('PersistentVolume', '', 'pv-1')
  const made = log.send({ verb: 'create', resource: 'persistentvolumes', name: 'pv-1', body: volume, cause: 'self' })
  const attachment = { kind: 'VolumeAttachment', apiVersion: 'storage.k8s.io/v1', metadata: { name: 'csi-1', uid: 'uid-csi-1' }, spec: { nodeName: 'n1', source: { persistentVolumeName: 'pv-1' } } }
  log.send({ user: `${CONTROLLER}attachdetach-controller`, verb: 'create', group: 'storage.k8s.io', resource: 'volumeattachments', name: 'csi-1', body: attachment, cause: made })
  const account = log.send({ user: 'bob', verb: 'create', resource: 'serviceaccounts', namespace: 'shop', name: 'robot', body: object('ServiceAccount', 'shop', 'robot'), cause: 'self' })
  const token = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'robot-token', namespace: 'shop', uid: 'uid-token', annotations: { 'kubernetes.io/service-account.name': 'robot' } } }
  log.send({ user: `${CONTROLLER}tokens-controller`, verb: 'create', resource: 'secrets', namespace: 'shop', name: 'robot-token', body: token, cause: account })
  const pod = object('Pod', 'shop', 'solo')
  const ran = log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'solo', body: pod, cause: 'self' })
  log.send({ user: 'system:node:n1', verb: 'create', resource: 'events', namespace: 'shop', name: 'solo.17', body: report(pod, 'solo.17', 'Pulled'), cause: ran })
  log.send({ user: 'system:node:n1', verb: 'patch', resource: 'events', namespace: 'shop', name: 'solo.17', request: { count: 3 }, level: 'Request', cause: ran })
  return log
}

/** Without bodies: a budget follows the workload of its name, and a token goes to the pod just bound, not to its service account's maker. */
export function namesakes(): Scenario {
  const log = new Scenario('namesakes')
  log.send({ verb: 'create', group: 'policy', resource: 'poddisruptionbudgets', namespace: 'shop', name: 'cart', level: 'Metadata', cause: 'self' })
  log.send({ verb: 'create', resource: 'serviceaccounts', namespace: 'shop', name: 'cart', level: 'Metadata', cause: 'self' })
  const cause = log.send({ user: 'bob', verb: 'create', group: 'apps', resource: 'statefulsets', namespace: 'shop', name: 'cart', level: 'Metadata', after: 9000, cause: 'self' })
  log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', name: 'cart-0', level: 'Metadata', cause })
  log.send({ user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'shop', name: 'cart-0', level: 'Metadata', cause })
  log.send({ user: 'system:node:n1', verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'shop', name: 'cart', level: 'Metadata', cause })
  log.send({ user: `${CONTROLLER}disruption-controller`, verb: 'update', group: 'policy', resource: 'poddisruptionbudgets', subresource: 'status', namespace: 'shop', name: 'cart', level: 'Metadata', cause })
  return log
}
