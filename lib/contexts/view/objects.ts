import { singular } from './words'
import type { OpenPicture } from './open-picture'
import type { ObjectKey } from './revisions'

/** An object that a context changes. */
export interface TouchedObject {
  /** Names it in addresses. */
  readonly id: string
  readonly key: ObjectKey
  readonly name: string
  readonly title: string
  readonly changes: number
  readonly requests: readonly number[]
}

const CHANGES = new Set(['create', 'update', 'patch', 'delete'])
/** Every change of anything makes events and leases; they are told by the objects they are about. */
const BESIDE = new Set(['events', 'leases', 'subjectaccessreviews', 'tokenreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'])

/** What the context creates, changes or deletes, the trigger's object first, then what is changed most. */
export function objectsOf(picture: OpenPicture): TouchedObject[] {
  const found = new Map<string, { key: ObjectKey; requests: number[] }>()
  for (let request = 0; request < picture.requests; request++) {
    const [resource, name, namespace] = [picture.text('resource', request), picture.text('name', request), picture.text('namespace', request)]
    if (resource === null || name === null || !CHANGES.has(picture.text('verb', request) ?? '')) continue
    if (request !== picture.trigger && (BESIDE.has(resource) || picture.text('subresource', request) === 'token')) continue
    const id = JSON.stringify([resource, namespace, name])
    const object = found.get(id) ?? { key: { resource, namespace, name }, requests: [] }
    found.set(id, object)
    object.requests.push(request)
  }
  const list = [...found].map(([id, { key, requests }]): TouchedObject => ({ id, key, requests, changes: requests.length, name: key.name, title: `${singular(key.resource)} ${key.namespace === null || key.resource === 'namespaces' ? '' : `${key.namespace}/`}${key.name}` }))
  const own = (object: TouchedObject): number => (object.requests.includes(picture.trigger) ? 1 : 0)
  return list.sort((a, b) => own(b) - own(a) || b.changes - a.changes || (a.title < b.title ? -1 : 1))
}
