import { formatDuration } from '@/components/format/duration'
import { plural } from '@/components/format/number'
import { shortUser } from './describe-line'
import type { ContextLine, LogLine } from './protocol'

const DONE: Readonly<Record<string, string>> = {
  create: 'created', update: 'updated', patch: 'patched', delete: 'deleted', deletecollection: 'deleted all', get: 'read', list: 'listed', watch: 'watched',
}
const SUBRESOURCE: Readonly<Record<string, string>> = { exec: 'opened a shell in', log: 'read the log of', attach: 'attached to', portforward: 'forwarded a port of', eviction: 'evicted', binding: 'bound', scale: 'scaled', token: 'asked for a token of', proxy: 'reached through' }

/** "kubernetes-admin created deployments default/web: 12 events followed within 3.2 s". */
export function contextSentence(context: ContextLine): string {
  const [resource = '', subresource = ''] = context.kind.split('/')
  const verb = SUBRESOURCE[subresource] && context.verb !== 'get' ? SUBRESOURCE[subresource] : (DONE[context.verb ?? ''] ?? `asked to ${context.verb ?? 'reach'}`)
  const what = `${resource}${subresource && !SUBRESOURCE[subresource] ? `/${subresource}` : ''}${context.object === '–' ? '' : ` ${context.object}`}`
  const failed = context.code !== null && context.code >= 400 ? ` and was refused (${context.code})` : ''
  const followed = context.events > 1 ? `: ${plural(context.events - 1, 'event')} followed${spanText(context)}` : ''
  return `${shortUser(context.user)} ${verb} ${what}${failed}${followed}`
}

function spanText(context: ContextLine): string {
  if (context.micros === null || context.lastMicros === null) return ''
  return ` within ${formatDuration((context.lastMicros - context.micros) / 1e6)}`
}

export interface Effect { readonly verb: string | null; readonly kind: string; readonly count: number; readonly failed: number; readonly actors: readonly string[]; readonly first: string }

/** What followed, by verb and kind in order of first appearance, with those who did it. */
export function effects(lines: readonly LogLine[]): Effect[] {
  const groups = new Map<string, { verb: string | null; kind: string; count: number; failed: number; actors: Set<string>; first: string }>()
  for (const line of lines) {
    if (line.role === 'trigger') continue
    const key = `${line.verb} ${line.kind}`
    const group = groups.get(key) ?? { verb: line.verb, kind: line.kind, count: 0, failed: 0, actors: new Set<string>(), first: line.auditID }
    group.count++
    if (line.code !== null && line.code >= 400) group.failed++
    group.actors.add(shortUser(line.user))
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({ ...group, actors: [...group.actors] }))
}
