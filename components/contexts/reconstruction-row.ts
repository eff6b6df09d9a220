import type { LiveMessages } from '@/components/live/live-types'
import { formatCount, formatShare } from '@/components/format/number'

export type LiveReconstruction = LiveMessages['reconstruction']

/** A reconstruction as the room shows it. */
export interface ReconstructionRow {
  readonly id: string
  readonly method: string
  /** null: links alone. */
  readonly model: string | null
  readonly state: LiveReconstruction['state']
  readonly progress: LiveReconstruction['progress']
  readonly error: string | null
  /** The data set's version when it was made, where it is known. */
  readonly version: number | null
  readonly contexts: number
  readonly corrections: number
  readonly lines: number | null
  readonly background: number | null
  readonly createdAt: string
  /** B-cubed F1, share of contexts of two and more lines that are exact, share of right roles: where most of the data set is labelled. */
  readonly truth: { readonly f1: number | null; readonly exact: number | null; readonly role: number | null } | null
  /** The figures are from before the last correction by hand. */
  readonly overtaken: boolean
}

export interface DatasetEntry {
  readonly id: string
  readonly name: string
  readonly state: 'importing' | 'ready' | 'failed'
  readonly events: number
  readonly version: number
  readonly reconstructions: readonly ReconstructionRow[]
}

interface Stored {
  readonly id: string; readonly method: string; readonly modelName: string | null; readonly state: ReconstructionRow['state']; readonly progress: unknown; readonly error: { readonly message: string } | null
  readonly contexts: number; readonly corrections: number; readonly revision: number; readonly createdAt: string; readonly figures: Readonly<Record<string, unknown>> | null
}

export function reconstructionRow({ id, method, modelName: model, state, progress, error, contexts, corrections, revision, createdAt, figures }: Stored): ReconstructionRow {
  const truth = figures?.['truth']
  const scores = typeof truth === 'object' && truth !== null ? (truth as Readonly<Record<string, unknown>>) : null
  return {
    id, method, model, state, progress: progress as ReconstructionRow['progress'], error: error?.message ?? null, contexts, corrections, createdAt,
    version: number(figures?.['datasetVersion']), lines: number(figures?.['lines']), background: number(figures?.['background']),
    truth: scores === null ? null : { f1: number(scores['b3_f1']), exact: number(scores['exact_contexts_2plus']), role: number(scores['role_accuracy']) },
    overtaken: scores !== null && revision !== (number(figures?.['revision']) ?? 0),
  }
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

export function backgroundText({ background, lines }: ReconstructionRow): string {
  return background === null || !lines ? '–' : formatShare(background / lines)
}

const PHASES: Readonly<Record<string, string>> = { read: 'reading', link: 'linking', label: 'labelling', learn: 'learning' }

/** "reading 12,000 of 54,354". */
export function progressText(progress: ReconstructionRow['progress']): string {
  if (!progress) return 'waiting for a worker'
  const phase = PHASES[progress.phase] ?? progress.phase
  return progress.total > 0 && progress.done > 0 ? `${phase} ${formatCount(progress.done)} of ${formatCount(progress.total)}` : phase
}
