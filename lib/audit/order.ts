import type { AuditEvent } from './event'

/**
 * Orders by the time the request was received, in microseconds; events without a usable time come last.
 * Equal times compare as 0: with a stable sort the order of the file is kept.
 */
export function compareEvents(a: AuditEvent, b: AuditEvent): number {
  const left = a.receivedMicros ?? Number.POSITIVE_INFINITY
  const right = b.receivedMicros ?? Number.POSITIVE_INFINITY
  return left === right ? 0 : left - right
}
