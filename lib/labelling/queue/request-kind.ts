import { serviceAccountOf } from '@/lib/labels/external-user'

/** What two requests must share to be alike in the eyes of the queue. */
export interface KindParts {
  readonly verb: string
  readonly resource: string
  readonly subresource: string
  readonly user: string
  /** What the model says of it, whatever names that: a label's code, an index. */
  readonly said: string | number
}

const NODE = 'system:node:'

/** Who sent a request, nodes and people taken together: they do alike things under many names. */
export function senderKind(user: string): string {
  if (user.startsWith(NODE)) return NODE
  const account = serviceAccountOf(user)
  if (account) return account.namespace === 'kube-system' ? user : 'account'
  return user.startsWith('system:') ? user : 'person'
}

/** Names the kind of a request; requests of one kind teach a model much the same. */
export function requestKind({ verb, resource, subresource, user, said }: KindParts): string {
  return JSON.stringify([verb, resource, subresource, senderKind(user), said])
}
