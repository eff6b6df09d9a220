import { STAGES } from './event'
import type { AuditEvent } from './event'

function stageRank(event: AuditEvent): number {
  return event.stage === null ? STAGES.length : STAGES.indexOf(event.stage)
}

function compareStages(a: AuditEvent, b: AuditEvent): number {
  return stageRank(a) - stageRank(b) || (a.stageMicros ?? 0) - (b.stageMicros ?? 0)
}

/**
 * The stages of each request: one list for each auditID, in order of first appearance; inside a list
 * RequestReceived, ResponseStarted, ResponseComplete, Panic. A webhook's repeats stay as repeats.
 */
export function pairStages(events: readonly AuditEvent[]): AuditEvent[][] {
  const byID = new Map<string, AuditEvent[]>()
  for (const event of events) {
    const stages = byID.get(event.auditID)
    if (stages) stages.push(event)
    else byID.set(event.auditID, [event])
  }
  const requests = [...byID.values()]
  for (const stages of requests) if (stages.length > 1) stages.sort(compareStages)
  return requests
}
