import { AuditweaveError } from '@/lib/audit/errors'
import { getPreset, presetFamily } from '@/lib/model/presets'
import type { JsonObject } from '@/lib/audit/event'
import type { AxisValue } from './points'
import type { RunSpec } from './run-spec'

/** A training's settings while they are put together: parts of nested ones too. */
export type TrainDraft = Partial<Omit<RunSpec, 'fold' | 'split'>> & { readonly fold?: Partial<NonNullable<RunSpec['fold']>>; readonly split?: Partial<RunSpec['split']> }

/** What is varied: by a sweep, or by what one run measures at several places. */
export interface Axis {
  readonly title: string
  readonly unit: string | null
  /** How a value changes a training's settings; absent where trainings do not have it. */
  train?(draft: TrainDraft, value: AxisValue): TrainDraft
  /** The setting of a measurement that the value is. */
  readonly measure?: string
}

type Plain = { [K in keyof RunSpec]-?: NonNullable<RunSpec[K]> extends AxisValue ? K : never }[keyof RunSpec]

/** An axis that is one setting of a training. */
function setting(title: string, name: Plain, more: { unit?: string; measure?: string } = {}): Axis {
  return { title, unit: more.unit ?? null, train: (draft, value) => ({ ...draft, [name]: value }), ...(more.measure ? { measure: more.measure } : {}) }
}

function measured(title: string, more: { unit?: string; measure?: string } = {}): Axis {
  return { title, unit: more.unit ?? null, ...(more.measure ? { measure: more.measure } : {}) }
}

const share = (title: string, part: 'test' | 'validation'): Axis => ({ title, unit: null, train: (draft, value) => ({ ...draft, split: { ...draft.split, [part]: value as number } }) })
const folded = (title: string, part: 'k' | 'fold'): Axis => ({ title, unit: null, train: (draft, value) => ({ ...draft, fold: { ...draft.fold, [part]: value as number } }) })
const units = (title: string, layer: number): Axis => ({ title, unit: '|F|', train: (draft, value) => withUnits(draft, layer, value as number) })

/** Every axis by name. Trainings and measurements say themselves which of them they have. */
export const AXES: Readonly<Record<string, Axis>> = {
  window: setting('Window', 'window', { unit: 'lines', measure: 'window' }),
  protocol: setting('Protocol', 'protocol'),
  preset: setting('Network', 'preset', { measure: 'preset' }),
  seed: setting('Seed', 'seed'),
  testShare: share('Test share', 'test'),
  validationShare: share('Validation share', 'validation'),
  k: folded('Folds', 'k'),
  fold: folded('Fold', 'fold'),
  omit: { title: 'Left out', unit: null, train: (draft, value) => (value === 'none' ? draft : { ...draft, omitFeatures: [...draft.omitFeatures ?? [], String(value)] }) },
  vote: setting('Vote', 'vote'),
  stride: setting('Stride', 'stride', { unit: 'lines' }),
  inferStride: setting('Stride of windows', 'inferStride', { unit: 'lines', measure: 'inferStride' }),
  phase: setting('Phase', 'phase'),
  batch: setting('Batch', 'batch', { unit: 'windows', measure: 'batch' }),
  epochs: setting('Epochs', 'epochs'),
  learningRate: setting('Learning rate', 'learningRate'),
  earlyStoppingPatience: setting('Patience before stopping', 'earlyStoppingPatience', { unit: 'epochs' }),
  reducePatience: setting('Patience before a lower rate', 'reducePatience', { unit: 'epochs' }),
  reduceFactor: setting('Factor of a lower rate', 'reduceFactor'),
  maxSeconds: setting('Most time', 'maxSeconds', { unit: 's' }),
  lines: setting('Lines', 'lines', { unit: 'lines', measure: 'lines' }),
  engine: setting('Engine', 'engine'),
  scoredOn: setting('Scored on', 'scoredOn'),
  dropout: { title: 'Dropout', unit: null, train: (draft, value) => ({ ...draft, network: { ...draft.network, dropout: value as number } }) },
  loss: { title: 'Loss', unit: null, train: (draft, value) => ({ ...draft, network: { ...draft.network, loss: value as 'crossEntropy' } }) },
  unitsFirst: units('Units of the first layer', 0),
  unitsSecond: units('Units of the second layer', 1),
  method: measured('Method', { measure: 'method' }),
  query: measured('Query', { measure: 'query' }),
  repetitions: measured('Repetitions', { measure: 'repetitions' }),
  order: measured('Order of labelling', { measure: 'order' }),
  rules: measured('Linking rules', { measure: 'rules' }),
  labels: measured('Labels given', { unit: 'requests' }),
  form: measured('Form of the log'),
  share: measured('Share of wrong labels'),
  wrong: measured('What is wrong'),
  evaluator: measured('How it is asked'),
  bin: measured('Lines a context'),
  size: measured('Context size', { unit: 'lines' }),
  round: measured('Round'),
  dropped: measured('Dropped before'),
  bracket: measured('Bracket'),
  rung: measured('Rung'),
  trial: measured('Trial'),
  execution: measured('Execution'),
}

/** An axis, one without a unit under its own name where nobody described it. */
export function axisOf(name: string): Axis {
  return Object.hasOwn(AXES, name) ? AXES[name] as Axis : { title: name, unit: null }
}

function unknownAxis(name: string, kind: 'train' | 'measure'): AuditweaveError {
  const known = Object.entries(AXES).filter(([, axis]) => axis[kind] !== undefined).map(([key]) => key)
  return new AuditweaveError('unknown-axis', `${kind === 'train' ? 'Trainings' : 'Measurements'} cannot be swept over "${name.slice(0, 64)}": take one of ${known.join(', ')}.`)
}

/** Sets an axis of a training. Throws 'unknown-axis' naming those there are. */
export function setTrainAxis(draft: TrainDraft, name: string, value: AxisValue): TrainDraft {
  const axis = axisOf(name)
  if (!axis.train) throw unknownAxis(name, 'train')
  return axis.train(draft, value)
}

/** Sets an axis of a measurement. Throws 'unknown-axis' naming those there are. */
export function setMeasureAxis(draft: JsonObject, name: string, value: AxisValue): JsonObject {
  const { measure } = axisOf(name)
  if (measure === undefined) throw unknownAxis(name, 'measure')
  return { ...draft, [measure]: value }
}

/** The layers before the one that is set keep what they have, by the preset where nothing else is said. */
function withUnits(draft: TrainDraft, layer: number, value: number): TrainDraft {
  const set = draft.network?.unitsPerFeature ?? []
  const length = Math.max(set.length, layer + 1)
  return { ...draft, network: { ...draft.network, unitsPerFeature: Array.from({ length }, (_, i) => (i === layer ? value : set[i] ?? presetUnits(draft.preset, i))) } }
}

function presetUnits(preset: string | undefined, layer: number): number {
  const recurrent = preset !== undefined && presetFamily(preset) === 'windows' ? getPreset(preset).layers.filter((one) => one.kind === 'bilstm') : []
  const found = recurrent[layer]
  if (found && 'unitsPerFeature' in found) return found.unitsPerFeature
  throw new AuditweaveError('unknown-axis', `The layers of ${preset ?? 'this network'} have no units by |F|: set those of every layer, or take another preset.`)
}
