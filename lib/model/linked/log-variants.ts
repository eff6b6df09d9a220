import type { AuditEvent } from '@/lib/audit/event'

/** Another form in which the same log might have been written. */
export interface LogVariant {
  readonly name: string
  readonly title: string
  /** The event in that form, null where it would not be logged. */
  change(event: AuditEvent): AuditEvent | null
}

const READS: ReadonlySet<string | null> = new Set(['get', 'list', 'watch'])
const withoutBodies = (event: AuditEvent): AuditEvent => ({ ...event, level: 'Metadata', requestObject: null, responseObject: null })

const quiet = (event: AuditEvent): boolean => READS.has(event.verb) || event.objectRef?.resource === 'configmaps'

/** Forms that a model is trained on and scored by: audit levels, policies and clients differ between clusters. */
export const LOG_VARIANTS: readonly LogVariant[] = [
  { name: 'logged', title: 'as logged', change: (event) => event },
  { name: 'metadata', title: 'Metadata level (bodies stripped)', change: withoutBodies },
  { name: 'writes', title: 'reads omitted', change: (event) => (READS.has(event.verb) ? null : event) },
  { name: 'metadata-writes', title: 'Metadata level, reads omitted', change: (event) => (READS.has(event.verb) ? null : withoutBodies(event)) },
  { name: 'request', title: 'Request level (answers stripped)', change: (event) => ({ ...event, level: event.level === 'RequestResponse' ? 'Request' : event.level, responseObject: null }) },
  { name: 'mixed', title: 'reads and ConfigMaps at Metadata level', change: (event) => (quiet(event) ? withoutBodies(event) : event) },
  { name: 'agents', title: 'unknown user agents', change: (event) => ({ ...event, userAgent: null }) },
]

/** Throws RangeError on an unknown name; names come from this list. */
export function logVariant(name: string): LogVariant {
  const variant = LOG_VARIANTS.find((one) => one.name === name)
  if (!variant) throw new RangeError(`no log variant ${name}`)
  return variant
}
