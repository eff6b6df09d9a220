import type { AuditEvent } from '@/lib/audit/event'
import type { BackgroundRule } from './background-rule'

const BARE_PATHS = new Set(['/readyz', '/livez', '/api', '/apis', '/api/v1'])
const PATH_STARTS = ['/api?timeout', '/apis?timeout', '/openapi/v2', '/openapi/v3']
const NAMESPACES = ['falco', 'kube-flannel']

function removal(id: string, reason: string, applies: (event: AuditEvent) => boolean, note?: string): BackgroundRule {
  return { id, reason, certainty: 'always', ...(note === undefined ? {} : { note }), applies }
}

/** Lines that the paper's log parser drops altogether, before it tells noise from the rest. */
export const PAPER_PARSER_REMOVED: readonly BackgroundRule[] = [
  removal('no_object', 'The event has no objectRef', (event) => event.objectRef === null),
  removal('uri', 'Health, discovery or schema request', (event) => {
    const uri = event.requestURI ?? ''
    return BARE_PATHS.has(uri) || PATH_STARTS.some((start) => uri.startsWith(start))
  }),
  removal('response_started_watch', 'A watch that has only begun', (event) => event.verb === 'watch' && event.stage === 'ResponseStarted'),
  removal(
    'cni_and_external_namespaces',
    'The authors\' network plugin and intrusion detector',
    (event) => NAMESPACES.includes(event.objectRef?.namespace ?? '') || event.user?.username === 'system:serviceaccount:kube-flannel:flannel',
    'Names of the authors\' own cluster.',
  ),
]
