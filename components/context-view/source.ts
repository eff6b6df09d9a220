import type { AuditEvent } from '@/lib/audit/event'
import type { Link } from '@/lib/contexts/types'
import type { ObjectKey, Revision } from '@/lib/contexts/view/revisions'
import type { LineEvidence } from '@/lib/labelling/suggest/suggested-line'

/** One line with its event; what a page cannot tell is left out. */
export interface LineDetail {
  readonly event: AuditEvent
  readonly links: readonly Link[]
  readonly evidence?: LineEvidence | null
  readonly found?: { readonly role: string; readonly context: string | null } | null
  readonly correction?: { readonly act: string; readonly by: string; readonly at: string; readonly why: string } | null
}

/** Where bodies come from: a stored reconstruction, a context that grows, a notebook. */
export interface ContextSource {
  readonly line: (seq: number, signal: AbortSignal) => Promise<LineDetail>
  readonly revisions?: (object: ObjectKey, signal: AbortSignal) => Promise<{ readonly revisions: readonly Revision[]; readonly omitted: number }>
}

/** What a reader may do; a page that offers none of it leaves them out. */
export interface ContextActions {
  readonly split?: (requests: readonly string[], trigger: string) => void
  readonly move?: (requests: readonly string[]) => void
  readonly background?: (requests: readonly string[]) => void
  readonly merge?: (neighbour: 'previous' | 'next') => void
  readonly confirm?: () => void
  readonly step?: (neighbour: 'previous' | 'next') => void
  readonly download?: (format: 'html' | 'graphml' | 'dot' | 'json') => void
}
