import { isNode, nodeName } from '@/lib/contexts/actors'
import { visibleText } from '@/lib/contexts/visible-text'
import type { OpenPicture } from './open-picture'
import { pastOf, singular } from './words'

const LONGEST = 120

function short(text: string): string {
  const visible = visibleText(text.slice(0, LONGEST * 2))
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST - 1)}…` : visible
}

/** Requests that go through a connection of their own are gets and creates, whichever the client uses. */
const THROUGH: ReadonlyMap<string, string> = new Map([
  ['exec', 'opened a shell in'], ['attach', 'attached to'], ['portforward', 'forwarded a port of'], ['log', 'read the log of'], ['proxy', 'reached through'],
])
const ON: ReadonlyMap<string, string> = new Map([
  ['eviction', 'evicted'], ['binding', 'bound'], ['scale', 'scaled'], ['token', 'asked for a token of'], ['ephemeralcontainers', 'added a debug container to'], ['approval', 'decided on'], ['status', 'changed the status of'],
  ['finalize', 'finalized'],
])
const READS = new Set(['get', 'list', 'watch'])

function subjectOf(picture: OpenPicture): string {
  const user = picture.text('user', picture.trigger)
  const acting = picture.text('actingAs', picture.trigger)
  const name = user === null ? 'A request without a user' : personOf(user)
  return acting === null ? name : `${name}, acting as ${personOf(acting)},`
}

function personOf(user: string): string {
  const account = /^system:serviceaccount:([^:]*):(.*)$/s.exec(user)
  if (account) return `Service account ${short(`${account[1]}/${account[2]}`)}`
  return isNode(user) ? `Node ${short(nodeName(user))}` : short(user)
}

function objectText(picture: OpenPicture): string {
  const at = picture.trigger
  const resource = picture.text('resource', at)
  if (resource === null) return short(picture.text('path', at) ?? 'no API object')
  const [namespace, name, subresource] = [picture.text('namespace', at), picture.text('name', at), picture.text('subresource', at)]
  const part = subresource === null || THROUGH.has(subresource) || ON.has(subresource) ? '' : ` (${subresource})`
  if (name === null) return short(`${resource}${part}${namespace === null ? ' of the cluster' : ` in ${namespace}`}`)
  return short(`${singular(resource)}${part} ${namespace === null || resource === 'namespaces' ? '' : `${namespace}/`}${name}`)
}

/** "alice scaled deployment shop/cart from 2 to 4", "bob deleted pod x, but was denied (403)". */
export function triggerWords(picture: OpenPicture): string {
  if (picture.trigger < 0) return 'The trigger of this context is not among its lines'
  return `${subjectOf(picture)} ${action(picture)}${refusal(picture.number('code', picture.trigger))}`
}

function action(picture: OpenPicture): string {
  const { trigger: at, change } = picture
  const [verb, subresource] = [picture.text('verb', at), picture.text('subresource', at) ?? '']
  const object = objectText(picture)
  const [from, to] = [change?.from ?? null, change?.to ?? null]
  switch (change?.kind) {
    case 'replicas': return `scaled ${object}${from === null ? '' : ` from ${short(from)}`} to ${short(to ?? '?')}`
    case 'image': return `set the image of ${object} to ${short(to ?? '?')}`
    case 'restart': return `restarted ${object}`
    case 'cordon': return `closed ${object} to new pods`
    case 'uncordon': return `opened ${object} to new pods again`
    case 'command': return `ran “${short(to ?? '')}” in ${object}`
    case 'grant': return `${pastOf(verb)} ${object}, granting ${short(from ?? '?')}${to === null ? '' : ` to ${short(to)}`}`
    case 'dry-run': return `tried without effect to ${verb ?? 'change'} ${object}`
    default: return `${THROUGH.get(subresource) ?? (READS.has(verb ?? '') ? undefined : ON.get(subresource)) ?? pastOf(verb)} ${object}`
  }
}

function refusal(code: number | null): string {
  if (code === null || code < 400) return ''
  if (code === 401 || code === 403) return `, but was denied (${code})`
  if (code === 404) return ', which is not there (404)'
  if (code === 409) return ', but it was there or had changed already (409)'
  if (code === 422 || code === 400) return `, but the request was not valid (${code})`
  return `, but it failed (${code})`
}
