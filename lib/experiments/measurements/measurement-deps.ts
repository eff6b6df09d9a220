import type { LoadedEngine } from '@/lib/engine/load.node.ts'
import type { TrainedModel } from '@/lib/model/model-file'
import type { RunProgress, TrainingLines } from '../execute-types'
import type { LabelledLog } from '../labelled-log'

/** What a measurement is given; where the data come from is the caller's business. */
export interface MeasurementDeps {
  readonly seed: number
  readonly threads: number
  readonly signal: AbortSignal
  loadLog(): Promise<LabelledLog>
  loadLines(): Promise<TrainingLines>
  loadEngine(): Promise<Pick<LoadedEngine, 'engine' | 'notes'>>
  /** A model that ships, by name. Throws AuditweaveError 'unknown-model'. */
  loadModel(name: string): Promise<TrainedModel>
  onProgress(done: number, total: number, unit: RunProgress['unit']): void
}
