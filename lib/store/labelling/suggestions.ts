import type { Link } from '@/lib/contexts/types'
import type { SuggestedLine } from '@/lib/labelling/suggest/suggested-line'
import { suggestionColumns } from '@/lib/labelling/suggest/suggestion-columns'
import type { SuggestionColumns } from '@/lib/labelling/types'
import { sql } from '../database'
import { listReconstructions, type Reconstruction } from '../reconstructions'
import type { Role } from '../types'
import { stored } from '../values'
import { maySuggest } from './learnings'
import { readLabellingLog } from './log'

/** The reconstructions that suggestions come from: the newest finished one, and what was begun since. */
export interface SuggestionSources {
  readonly finished: Reconstruction | null
  /** Queued or running. */
  readonly underWay: Reconstruction | null
  /** Failed after `finished`, with nothing under way. */
  readonly failed: Reconstruction | null
}

/**
 * One with evidence goes before any without, as its suggestions give reasons and say how sure they are. What learns from the labels in
 * the background is nobody's wait: it counts once it is finished and found better.
 */
export async function suggestionSources(datasetId: string): Promise<SuggestionSources> {
  const all = (await listReconstructions({ datasetId })).filter(({ method }) => method === 'linked')
  const done = all.filter(({ state }) => state === 'done')
  const finished = done.find(maySuggest) ?? done.find(({ options }) => options.evidence !== true && options.learn !== true) ?? null
  const asked = all.filter(({ options }) => options.evidence === true && options.learn !== true)
  const underWay = asked.find(({ state }) => state === 'queued' || state === 'running') ?? null
  const [last] = asked
  return { finished, underWay, failed: underWay === null && last?.state === 'failed' ? last : null }
}

interface LineRow { audit_id: string; role: Role; label: unknown; confidence: number | null; context_id: string | null; links: unknown; evidence: unknown }

/** What a finished reconstruction suggests for every request of its data set. @throws AuditweaveError as `readLabellingLog` does */
export async function readSuggestions(reconstruction: Reconstruction): Promise<SuggestionColumns> {
  const log = await readLabellingLog(reconstruction.datasetId)
  const rows = await sql<LineRow>('SELECT audit_id, role, label, confidence, context_id, links, evidence FROM reconstructed_lines WHERE reconstruction_id = $1 ORDER BY seq', [reconstruction.id])
  const lines = rows.map((row): SuggestedLine => ({
    auditID: row.audit_id, role: row.role, label: stored(row.label), confidence: row.confidence, context: row.context_id, links: stored<Link[]>(row.links), evidence: stored(row.evidence),
  }))
  const { id, modelName: model, method, finishedAt } = reconstruction
  return suggestionColumns(log, lines, { reconstruction: id, model, method, at: finishedAt ?? '' })
}
