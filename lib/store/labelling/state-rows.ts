import type { Role } from '@/lib/labelling/types'
import { iso, stored } from '../values'
import type { EventKind, RequestState, StoredStanding } from './state'

/** The columns of `label_events l` that a state is read from. */
export const STATE_COLUMNS = 'l.id, l.audit_id, l.kind, l.actor, l.role, l.context, l.to_label, l.standing, l.set_by, l.flagged, l.skipped, l.comments, l.comment, l.created_at'

export interface StateRow {
  id: string; audit_id: string; kind: EventKind; actor: string; role: Role | null; context: string | null; to_label: unknown; standing: StoredStanding
  set_by: string | null; flagged: boolean; skipped: boolean; comments: number; comment: string | null; created_at: Date
}

/** Who gave a label, and when. */
export interface Origin { readonly actor: string; readonly at: string }

/** Events whose label was given by an earlier one: their origins are looked up apart, as they are few. */
export function originsWanted(rows: readonly StateRow[]): number[] {
  const wanted = rows.filter(({ id, set_by: by }) => by !== null && by !== id && Number(by) > 0)
  return [...new Set(wanted.map(({ set_by: by }) => Number(by)))]
}

/** What stands after a label event. */
export function toState(row: StateRow, origins: ReadonlyMap<number, Origin>): RequestState {
  const id = Number(row.id)
  const setBy = row.set_by === null ? id : Number(row.set_by)
  const origin = origins.get(setBy)
  return {
    auditID: row.audit_id, newest: id, standing: row.standing, role: row.role, context: row.context, label: stored(row.to_label), setBy,
    actor: setBy === 0 ? null : (origin?.actor ?? row.actor), at: setBy === 0 ? null : (origin?.at ?? iso(row.created_at)),
    flagged: row.flagged, skipped: row.skipped, comments: row.comments,
  }
}
