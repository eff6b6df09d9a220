import { makePicture } from '../make-picture'
import type { ContextPicture, PictureLine } from '../picture'
import { ALONE } from './pictures'

const ACTIONS = [['create', 'pods', null], ['create', 'pods', 'binding'], ['patch', 'pods', 'status'], ['update', 'replicasets', 'status'], ['create', 'events', null], ['get', 'configmaps', null], ['delete', 'pods', null], ['watch', 'secrets', null]] as const

/** A context of many requests in bursts by thirty actors, each following from one shortly before: the same every time. */
export function largePicture(requests: number): ContextPicture {
  let seed = 7
  const random = (): number => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed / 2_147_483_648 }
  let at = Date.UTC(2026, 0, 5) * 1000
  const lines = Array.from({ length: requests }, (_, seq): PictureLine => {
    at += random() < 0.0002 ? 60_000_000 : Math.floor(random() * 2000)
    const [verb, resource, subresource] = ACTIONS[Math.floor(random() * ACTIONS.length)] ?? ACTIONS[0]
    const actor = Math.floor(random() * 30)
    return {
      seq, auditID: `e${seq}`, stage: 'ResponseComplete', micros: at, until: at + 800, user: seq === 0 ? 'alice' : actor < 4 ? `system:serviceaccount:kube-system:controller-${actor}` : `system:node:node-${actor}`, actingAs: null, agent: null, address: '10.0.0.1',
      verb: seq === 0 ? 'create' : verb, group: '', resource: seq === 0 ? 'deployments' : resource, subresource: seq === 0 ? null : subresource, namespace: 'shop', name: `web-${seq % 5000}`, path: null, code: random() < 0.01 ? 403 : 200,
      role: seq === 0 ? 'trigger' : 'consequence', confidence: seq === 0 ? null : random() < 0.02 ? 0.5 : 0.97, links: seq === 0 ? [] : [{ rule: 'owner', key: 'replicasets shop/web', to: `e${Math.max(0, seq - 1 - Math.floor(random() * 40))}`, score: 0.97 }], corrected: false, outcome: null, change: null,
    }
  })
  return makePicture({ ...ALONE, id: 'ctx-0000000000000000', trigger: 'e0' }, lines)
}
