import type { LabelParts } from '@/lib/labels/action-label'
import type { Role } from '@/lib/contexts/types'
import type { AuditWriter } from './audit-writer'
import type { RequestInfo } from './request-info'

/** What the server knows of one request: from its own bookkeeping, not from the log. */
export interface ServerTruth {
  readonly auditID: string
  readonly role: Role
  /** The trigger's auditID. */
  readonly context: string | null
  readonly label: LabelParts | null
}

const CLASSES: Readonly<Record<string, string>> = { create: 'create', delete: 'delete', deletecollection: 'delete', get: 'get', list: 'get', patch: 'patch', update: 'patch', watch: 'watch' }

/** Truth of every request that a server has logged. */
export function proposedTruth({ truth, resources }: AuditWriter): ServerTruth[] {
  return [...truth].map(([auditID, cause]) => {
    const info = resources.get(auditID) ?? null
    const role: Role = info === null ? 'nonresource' : cause === null ? 'background' : cause === auditID ? 'trigger' : 'consequence'
    const trigger = cause === null || info === null ? null : resources.get(cause) ?? null
    return { auditID, role, context: info === null ? null : cause, label: trigger === null ? null : labelOf(trigger) }
  })
}

function labelOf({ group, resource, subresource, namespace, name, verb }: RequestInfo): LabelParts {
  return { group, resource, subresource, verb: CLASSES[verb] ?? verb, namespaced: namespace !== '' && resource !== 'namespaces', single: name !== '' || verb === 'create' }
}
