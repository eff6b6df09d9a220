import type { AuditEvent } from './event'

// /api/v1/x and /apis/group/version/x; shorter paths are discovery
const OBJECT_PATH = /^\/(?:api\/[^/?]+|apis\/[^/?]+\/[^/?]+)\/[^/?]/

/** True for requests on API objects; false for health checks, discovery, metrics and the like. */
export function isResourceEvent(event: AuditEvent): boolean {
  return event.objectRef !== null && event.objectRef.resource !== null
}

/** True where the path names API objects, whether or not the event has its objectRef. */
export function hasObjectPath(requestURI: string | null): boolean {
  return requestURI !== null && OBJECT_PATH.test(requestURI)
}
