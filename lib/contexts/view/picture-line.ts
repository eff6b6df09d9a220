import type { AuditEvent } from '@/lib/audit/event'
import { readBodies } from '@/lib/contexts/bodies'
import { asText } from '@/lib/contexts/json-access'
import type { Link, Role } from '@/lib/contexts/types'
import { readOutcome } from './outcome'
import type { PictureLine } from './picture'
import { readChange } from './trigger-change'

/** What a reconstruction says of a line. */
export interface LineVerdict {
  readonly seq: number
  readonly role: Role
  readonly confidence: number | null
  readonly links: readonly Link[]
  /** Put where it is by hand. */
  readonly corrected?: boolean
}

const LONGEST = 2000

/** A megabyte of name is no name: the raw event still has it. */
const short = (text: string | null | undefined): string | null => (text === null || text === undefined ? null : text.slice(0, LONGEST))

/** What a picture keeps of one line: its event read once, the bodies let go. */
export function pictureLine(event: AuditEvent, { seq, role, confidence, links, corrected = false }: LineVerdict): PictureLine {
  const ref = event.objectRef
  const named = ref?.name ?? (event.verb === 'create' ? asText(readBodies(event, ref?.subresource ?? '').metadata['name']) : null)
  return {
    seq, role, confidence, links, corrected,
    auditID: event.auditID, stage: event.stage, micros: event.receivedMicros, until: event.stageMicros,
    user: short(event.user?.username), actingAs: short(event.impersonatedUser?.username), agent: short(event.userAgent), address: short(event.sourceIPs.join(', ')),
    verb: short(event.verb), group: short(ref?.apiGroup) ?? '', resource: short(ref?.resource), subresource: short(ref?.subresource), namespace: short(ref?.namespace), name: short(named),
    path: ref?.resource ? null : short(event.requestURI?.split('?')[0]), code: event.responseStatus?.code ?? null,
    outcome: readOutcome(event), change: role === 'trigger' ? readChange(event) : null,
  }
}
