import type { PoolClient } from 'pg'
import { Partition } from '@/lib/contexts/corrections/partition'
import type { CorrectionAct } from '@/lib/contexts/corrections/types'
import type { Role } from '@/lib/contexts/types'
import { columnText } from '../values'
import type { Touching } from './corrections'

/** The act with its names as the store holds them. */
export function storedAct(act: CorrectionAct): CorrectionAct {
  const plain = (ids: readonly string[]): string[] => ids.map((id) => columnText(id) ?? '')
  switch (act.kind) {
    case 'move': return { ...act, requests: plain(act.requests) }
    case 'split': return { ...act, requests: plain(act.requests), trigger: columnText(act.trigger) ?? '' }
    case 'background': return { ...act, requests: plain(act.requests) }
    default: return act
  }
}

/** As much of a reconstruction as an act is about: what it names, and all that shares a context with it. Also what it is held against. */
export async function readPartition(client: PoolClient, reconstructionId: string, act: CorrectionAct): Promise<{ partition: Partition; touching: Touching }> {
  const requests = 'requests' in act ? [...act.requests] : []
  const named = act.kind === 'move' ? [act.to] : 'contexts' in act ? [...act.contexts] : []
  const { rows: places } = await client.query<PlaceRow>('SELECT DISTINCT ON (audit_id) audit_id, context_id, role FROM reconstructed_lines WHERE reconstruction_id = $1 AND audit_id = ANY($2::text[]) ORDER BY audit_id, seq DESC', [reconstructionId, requests])
  const contexts = [...new Set([...named, ...places.flatMap((row) => row.context_id ?? [])])]
  const partition = new Partition()
  for (const row of places) partition.addRequest(row.audit_id, { context: row.context_id, role: row.role })
  const { rows: triggers } = await client.query<{ id: string; trigger: string }>('SELECT id, trigger_audit_id AS trigger FROM contexts WHERE reconstruction_id = $1 AND id = ANY($2::text[])', [reconstructionId, contexts])
  for (const { id, trigger } of triggers) partition.addContext(id, trigger)
  const { rows: members } = await client.query<PlaceRow>('SELECT DISTINCT ON (audit_id) audit_id, context_id, role FROM reconstructed_lines WHERE reconstruction_id = $1 AND context_id = ANY($2::text[]) ORDER BY audit_id, seq DESC', [reconstructionId, contexts])
  for (const row of members) partition.addRequest(row.audit_id, { context: row.context_id, role: row.role })
  return { partition, touching: { contexts, requests } }
}

interface PlaceRow { audit_id: string; context_id: string | null; role: Role }
