import type { LabelProgress, LogLabelling, LoadedLog, ModelAnswer, Phase } from './protocol'

export interface LogState {
  readonly phase: 'empty' | 'reading' | 'ready' | 'failed'
  readonly name: string
  readonly log: LoadedLog | null
  readonly error: string | null
  /** What the worker is at; null while it waits. */
  readonly progress: LabelProgress | null
  /** Seconds of the phases that are over. */
  readonly seconds: Readonly<Partial<Record<Phase, number>>>
  readonly labelling: 'none' | 'running' | 'done' | 'stopped' | 'failed'
  readonly model: ModelAnswer | null
  /** The name of the model that labels or has labelled. */
  readonly modelName: string | null
  readonly modelNote: string | null
  /** As the log is labelled now. */
  readonly labels: LogLabelling | null
}

export const EMPTY_LOG: LogState = {
  phase: 'empty', name: '', log: null, error: null, progress: null, seconds: {}, labelling: 'none', model: null, modelName: null, modelNote: null, labels: null,
}

export type LogAction =
  | { readonly kind: 'read'; readonly name: string }
  | { readonly kind: 'progress'; readonly progress: LabelProgress }
  | { readonly kind: 'loaded'; readonly log: LoadedLog }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'label'; readonly name: string | null }
  | { readonly kind: 'labelled'; readonly model: ModelAnswer }
  | { readonly kind: 'unlabelled'; readonly labels: LogLabelling; readonly labelling: 'none' | 'stopped' | 'failed'; readonly note: string | null }
  | { readonly kind: 'clear' }

/** What is known of the log after something happened to it. */
export function nextLogState(state: LogState, action: LogAction): LogState {
  switch (action.kind) {
    case 'clear': return EMPTY_LOG
    case 'read': return { ...EMPTY_LOG, phase: 'reading', name: action.name, progress: { phase: 'reading', done: 0, total: null } }
    case 'progress': return state.phase === 'reading' || state.labelling === 'running' ? { ...state, progress: action.progress } : state
    case 'loaded': return { ...state, phase: 'ready', log: action.log, labels: action.log.labels, progress: state.labelling === 'running' ? state.progress : null, seconds: action.log.seconds }
    case 'failed': return { ...EMPTY_LOG, phase: 'failed', name: state.name, error: action.message }
    case 'label': return { ...state, labelling: 'running', modelName: action.name, modelNote: null, model: null, seconds: state.log?.seconds ?? {}, progress: { phase: 'network', done: 0, total: null } }
    case 'labelled': return { ...state, labelling: 'done', model: action.model, modelName: action.model.name, labels: action.model.labels, progress: null, seconds: { ...state.log?.seconds, ...action.model.seconds } }
    case 'unlabelled': return { ...state, labelling: action.labelling, modelNote: action.note, model: null, labels: action.labels, progress: null, seconds: state.log?.seconds ?? {} }
  }
}

/** Shares of the whole that the phases take, measured on a log with bodies. */
const WEIGHTS: Readonly<Record<Phase, number>> = { reading: 0.6, linking: 0.12, network: 0.26, joining: 0.02 }

/** How far all of it is, 0 to 1. */
export function progressShare({ phase, done, total }: LabelProgress): number {
  const order: readonly Phase[] = ['reading', 'linking', 'network', 'joining']
  const before = order.slice(0, order.indexOf(phase)).reduce((sum, earlier) => sum + WEIGHTS[earlier], 0)
  return before + WEIGHTS[phase] * (total ? Math.min(1, done / total) : 0)
}
