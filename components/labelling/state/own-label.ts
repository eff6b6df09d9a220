import { makeLabel } from '@/lib/labels/codec'
import type { ActionLabel } from '@/lib/labels/action-label'
import { serviceAccountOf } from '@/lib/labels/external-user'
import { verbClass } from '@/lib/labels/verbs'
import type { LabellingLog } from '@/lib/labelling/types'
import { textAt } from './log-index'

/** The action of a line itself, whoever asked for it, by the same convention as `ownAction` of lib/labels; null for what is no action on API objects. */
export function ownLabel(log: LabellingLog, line: number): ActionLabel | null {
  const [verbText, resource] = [textAt(log, log.verb, line), textAt(log, log.resource, line)]
  const verb = verbText === null ? null : verbClass(verbText)
  if (verb === null || resource === null) return null
  return makeLabel({
    group: textAt(log, log.group, line) ?? '',
    resource,
    subresource: textAt(log, log.subresource, line) ?? '',
    verb,
    namespaced: Boolean(textAt(log, log.namespace, line)) && resource !== 'namespaces',
    single: Boolean(textAt(log, log.name, line)) || verb === 'create',
  })
}

/** Whether a name is an external user's, who alone triggers contexts; the rule of `isExternalUser` with its defaults. */
export function isExternalName(username: string | null): boolean {
  if (!username || username === 'system:anonymous' || !username.startsWith('system:')) return true
  const account = serviceAccountOf(username)
  return account !== null && account.namespace !== 'kube-system'
}
