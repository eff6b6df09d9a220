import type { JsonObject } from '@/lib/audit/event'
import type { ClassResult, ConfusionCell, RunEnvironment } from '@/lib/experiments/run-spec'
import type { RunSource } from './run-line'

/** A whole run as its page reads it; the store's fits it. */
export interface RunView extends RunSource {
  readonly params: JsonObject
  readonly environment: RunEnvironment | null
  readonly perClass: readonly ClassResult[] | null
  readonly confusion: readonly ConfusionCell[] | null
  readonly clonedFromId: string | null
  readonly hasCheckpoint: boolean
  readonly models: readonly { readonly id: string; readonly name: string }[]
}
