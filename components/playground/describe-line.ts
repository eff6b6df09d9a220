import type { AuditEvent } from '@/lib/audit/event'
import type { ActionLabel } from '@/lib/labels/action-label'
import { kindText, objectText } from '@/components/datasets/event-row'
import type { LineHead } from './protocol'

/** "create pods/exec", the way labels are read everywhere. */
export function labelText(label: Pick<ActionLabel, 'resource' | 'subresource' | 'verb'> | null): string | null {
  return label ? `${label.verb} ${kindText(label)}` : null
}

/** What an event is about, where it names no object: its address. */
function target(event: AuditEvent): { kind: string; object: string } {
  const ref = event.objectRef
  if (!ref?.resource) return { kind: event.requestURI?.split('?')[0]?.slice(0, 200) ?? '–', object: '–' }
  return { kind: kindText(ref), object: objectText(ref) }
}

/** What is kept of an event; its place is set when all are in order. */
export function lineHead(event: AuditEvent): Omit<LineHead, 'seq'> {
  return { auditID: event.auditID, stage: event.stage, micros: event.receivedMicros, user: event.user?.username ?? null, verb: event.verb, ...target(event), code: event.responseStatus?.code ?? null }
}

/** "create pods default/web by kubernetes-admin". */
export function lineText(line: Pick<LineHead, 'verb' | 'kind' | 'object' | 'user'>): string {
  return `${line.verb ?? 'request to'} ${line.kind}${line.object === '–' ? '' : ` ${line.object}`} by ${shortUser(line.user)}`
}

/** Names as people say them: "node-2", "deployment-controller", "sa payments:deployer". */
export function shortUser(user: string | null): string {
  if (!user) return 'nobody'
  const node = /^system:node:(.+)$/.exec(user)?.[1]
  if (node) return node
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  if (account) return account[1] === 'kube-system' ? (account[2] ?? user) : `sa ${account[1]}:${account[2]}`
  return user.replace(/^system:/, '')
}
