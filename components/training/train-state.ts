import type { EpochRecord } from '@/lib/model/checkpoint'
import type { TrainChoice, TrainedFiles, TrainEnd, TrainingLog, TrainProgress } from './train-protocol'

/** `paused` was stopped by the reader and can go on; `done` has a model. */
export type TrainPhase = 'empty' | 'reading' | 'ready' | 'training' | 'paused' | 'scoring' | 'done'

type StepProgress = Extract<TrainProgress, { kind: 'training' }>

export interface TrainState {
  readonly phase: TrainPhase
  readonly log: TrainingLog | null
  /** 0 to 1 of what runs now; null while it cannot be told. */
  readonly share: number | null
  readonly step: StepProgress | null
  readonly epochs: readonly EpochRecord[]
  readonly choice: TrainChoice | null
  readonly end: TrainEnd | null
  readonly files: TrainedFiles | null
  /** Whether the browser keeps the model beyond this page. */
  readonly kept: boolean
  readonly error: string | null
}

export const NO_TRAINING: TrainState = { phase: 'empty', log: null, share: null, step: null, epochs: [], choice: null, end: null, files: null, kept: false, error: null }

export type TrainAction =
  | { readonly kind: 'read' }
  | { readonly kind: 'loaded'; readonly log: TrainingLog }
  | { readonly kind: 'train'; readonly choice: TrainChoice; readonly proceed: boolean }
  | { readonly kind: 'progress'; readonly progress: TrainProgress }
  | { readonly kind: 'ended'; readonly end: TrainEnd }
  | { readonly kind: 'scoring' }
  | { readonly kind: 'done'; readonly files: TrainedFiles; readonly kept: boolean }
  | { readonly kind: 'failed'; readonly message: string }

/** What is known of the training after something happened to it. */
export function nextTrainState(state: TrainState, action: TrainAction): TrainState {
  switch (action.kind) {
    case 'read': return { ...NO_TRAINING, phase: 'reading', share: 0 }
    case 'loaded': return { ...NO_TRAINING, phase: 'ready', log: action.log }
    case 'train': return { ...state, phase: 'training', choice: action.choice, epochs: action.proceed ? state.epochs : [], step: action.proceed ? state.step : null, share: action.proceed ? state.share : 0, end: null, files: null, error: null }
    case 'progress': return withProgress(state, action.progress)
    case 'ended': return { ...state, phase: action.end.stopped ? 'paused' : 'scoring', end: action.end, share: action.end.stopped ? state.share : null }
    case 'scoring': return { ...state, phase: 'scoring', share: 0, error: null }
    case 'done': return { ...state, phase: 'done', files: action.files, kept: action.kept, share: null }
    case 'failed': return { ...state, phase: state.log ? (state.end?.stopped ? 'paused' : 'ready') : 'empty', share: null, error: action.message }
  }
}

function withProgress(state: TrainState, progress: TrainProgress): TrainState {
  switch (progress.kind) {
    case 'epoch': return { ...state, epochs: [...state.epochs, progress.record] }
    case 'training': return { ...state, step: progress, share: ((progress.epoch - 1) * progress.steps + progress.step) / (progress.epochs * progress.steps) }
    case 'reading':
    case 'scoring': return { ...state, share: progress.total > 0 ? progress.done / progress.total : null }
  }
}

/** Seconds that are left at most: training ends sooner where the validation loss stops falling. */
export function secondsLeft({ step, share }: Pick<TrainState, 'step' | 'share'>): number | null {
  return step && share !== null && share > 0 ? (step.seconds / share) * (1 - share) : null
}

/** The settings that a log is trained with unless the reader changes them. */
export function firstChoice(log: TrainingLog, epochs: number): TrainChoice {
  return { name: modelNameOf(log.name), window: log.windows[0] ?? 5, epochs, seed: 1 }
}

/** A model's name out of a file's. */
export function modelNameOf(file: string): string {
  const stem = file.toLowerCase().replace(/\.(jsonl|json|log|gz|txt)\b/g, '').replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|[-.]+$/g, '')
  return `small-${stem || 'model'}`.slice(0, 64)
}
