import type { JsonObject } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import { presetFamily } from '@/lib/model/presets'
import type { AnyRunSpec } from './any-run-spec'
import { setMeasureAxis, setTrainAxis, type TrainDraft } from './axes'
import { measureSpecSchema } from './measure-spec'
import type { AxisValue } from './points'
import { presetRunSettings, presetWindow } from './preset-settings'
import { runSpecSchema, type RunSpec, type SplitName } from './run-spec'
import type { ExperimentSpec, Scale, ScalePlan } from './spec/experiment-spec'

/** What a launch may narrow or add; anything left out is as the scale has it. */
export interface LaunchChoices {
  /** Values by axis. */
  readonly axes?: Readonly<Record<string, readonly AxisValue[]>> | undefined
  readonly seeds?: readonly number[] | undefined
  /** Holds lines out as a stored split says, whatever protocols and shares the experiment has. */
  readonly storedSplit?: SplitName | undefined
}

export interface ExpandedRun {
  /** Swept axes with the value of each. */
  readonly swept: Readonly<Record<string, AxisValue>>
  readonly params: AnyRunSpec
}

const DEFAULTS = { lines: null, stride: 1, inferStride: 1, omitFeatures: [], maxSeconds: null, vote: 'weighted' as const }

/**
 * Unrolls an experiment at a scale into runs: the product of its axes, the first one outermost, all of it for the first seed before any of the next, so
 * that a sweep stopped early has whole tables. Combinations that no run can have (shares that leave no training line, a sixth fold of five) are left out.
 * @throws AuditweaveError 'bad-experiment' when settings do not make a valid run or no combination is possible, 'unknown-axis'
 */
export function expandExperiment(spec: ExperimentSpec, scale: Scale, choices: LaunchChoices = {}, overrides: JsonObject = {}): ExpandedRun[] {
  const plan = narrowPlan(spec, scale, choices)
  const places = combinations(Object.entries(plan.axes))
  const runs = plan.seeds.flatMap((seed) => places.flatMap((swept): ExpandedRun[] => {
    const params = spec.runs.kind === 'train' ? training(spec, plan, swept, { ...overrides, seed }) : measurement(spec, plan, swept, overrides, seed)
    return params ? [{ swept, params }] : []
  }))
  if (runs.length > 0) return runs
  throw new AuditweaveError('bad-experiment', `Experiment ${spec.name}: no combination of ${Object.keys(plan.axes).join(', ')} makes a run. Choose other values.`)
}

/** A scale with the axes and seeds that were chosen. @throws AuditweaveError 'bad-experiment' on a protocol that the experiment does not follow */
export function narrowPlan(spec: ExperimentSpec, scale: Scale, { axes = {}, seeds, storedSplit }: LaunchChoices): ScalePlan {
  const plan = storedSplit ? byStoredSplit(spec, spec.scales[scale], storedSplit) : spec.scales[scale]
  const odd = axes.protocol?.find((value) => !spec.protocols.some((protocol) => protocol === value))
  if (odd !== undefined) throw new AuditweaveError('bad-experiment', `Experiment ${spec.name} does not follow the protocol ${odd}: take one of ${spec.protocols.join(', ')}.`)
  const chosen = Object.entries(axes).filter(([name]) => !(storedSplit && HELD_OUT_AXES.has(name))).map(([name, values]): [string, AxisValue[]] => [name, [...values]])
  return { ...plan, axes: { ...plan.axes, ...Object.fromEntries(chosen) }, ...(seeds ? { seeds: [...seeds] } : {}) }
}

/** Axes that say how lines are held out; a stored split takes their place. */
export const HELD_OUT_AXES: ReadonlySet<string> = new Set(['protocol', 'testShare', 'validationShare', 'k', 'fold', 'scoredOn'])

function byStoredSplit(spec: ExperimentSpec, plan: ScalePlan, storedSplit: SplitName): ScalePlan {
  if (spec.runs.kind !== 'train') throw new AuditweaveError('bad-experiment', `Experiment ${spec.name} measures without training, so that no lines are held out: leave the stored split away.`)
  const { fold: _fold, ...base } = plan.base as Partial<RunSpec>
  const left = Object.entries(plan.axes).filter(([name]) => !HELD_OUT_AXES.has(name))
  if (left.length === 0 && Object.keys(plan.axes).length > 0) throw new AuditweaveError('bad-experiment', `Experiment ${spec.name} varies how lines are held out and nothing else (${Object.keys(plan.axes).join(', ')}): a stored split leaves nothing to vary.`)
  return { ...plan, base: { ...base, protocol: 'stored', storedSplit }, axes: Object.fromEntries(left) }
}

/** Every choice of one value an axis, the last axis counting quickest. */
export function combinations(axes: readonly (readonly [string, readonly AxisValue[]])[]): Record<string, AxisValue>[] {
  return axes.reduce<Record<string, AxisValue>[]>((found, [name, values]) => found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))), [{}])
}

function following(plan: ScalePlan, swept: Readonly<Record<string, AxisValue>>): JsonObject[] {
  return Object.entries(swept).flatMap(([name, value]): JsonObject[] => {
    const settings = plan.by?.[name]?.[String(value)]
    return settings ? [settings as JsonObject] : []
  })
}

function training(spec: ExperimentSpec, plan: ScalePlan, swept: Readonly<Record<string, AxisValue>>, overrides: JsonObject & { readonly seed: number }): RunSpec | null {
  const follows = following(plan, swept)
  const given = Object.assign({}, plan.base, ...follows) as TrainDraft
  const preset = String(swept.preset ?? given.preset ?? (spec.runs.kind === 'train' ? spec.runs.preset : ''))
  let draft: TrainDraft = { ...DEFAULTS, protocol: spec.protocols[0] ?? 'blocked', window: presetWindow(preset), ...presetRunSettings(preset), ...given, ...overrides as Partial<RunSpec>, preset }
  for (const [name, value] of Object.entries(swept)) draft = setTrainAxis(draft, name, value)
  const { scoredOn, ...others } = draft
  const settings = others.protocol === 'transfer' && scoredOn !== undefined ? { ...others, scoredOn } : others
  const parsed = isPossible(settings) ? runSpecSchema.safeParse(settings) : null
  if (parsed && !parsed.success) throw bad(spec.name, parsed.error.issues[0])
  if (parsed?.data.protocol === 'stored' && !parsed.data.storedSplit) throw bad(spec.name, { path: ['storedSplit'], message: 'the stored protocol needs a split of the data set' })
  if (parsed?.data.protocol === 'transfer' && !parsed.data.scoredOn) throw bad(spec.name, { path: ['scoredOn'], message: 'the transfer protocol needs a data set to score on' })
  return parsed?.data ?? null
}

/** Whether any run could have these settings; what they should be is not judged here. */
function isPossible({ preset, split, fold, protocol, window = 1, omitFeatures = [] }: TrainDraft): boolean {
  // Shares are sums of tenths: .7 + .3 must count as 1.
  if ((split?.test ?? 0) + (split?.validation ?? 0) > 1 - 1e-9) return false
  if (fold?.k !== undefined && (fold.fold ?? 1) > fold.k) return false
  if (fold && protocol !== 'blocked') return false
  const linked = preset !== undefined && presetFamily(preset) === 'linked'
  return window >= 1 && !(linked && (fold !== undefined || omitFeatures.length > 0))
}

function measurement(spec: ExperimentSpec, plan: ScalePlan, swept: Readonly<Record<string, AxisValue>>, { lines }: JsonObject, seed: number): AnyRunSpec | null {
  let draft = Object.assign({}, plan.base, ...following(plan, swept), lines === undefined ? {} : { lines }) as JsonObject
  for (const [name, value] of Object.entries(swept)) draft = setMeasureAxis(draft, name, value)
  const { inferStride, window } = draft
  if (typeof inferStride === 'number' && typeof window === 'number' && inferStride > window) return null
  const name = spec.runs.kind === 'measure' ? spec.runs.measurement : ''
  const parsed = measureSpecSchema.safeParse({ kind: 'measure', seed, measure: { lines: null, ...draft, measurement: name } })
  if (!parsed.success) throw bad(spec.name, parsed.error.issues[0])
  return parsed.data
}

function bad(experiment: string, issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): AuditweaveError {
  const path = issue?.path.map(String).join('.')
  return new AuditweaveError('bad-experiment', `Experiment ${experiment}: ${path || 'a setting'}: ${issue?.message ?? 'is not valid'}. Correct it in experiments/${experiment}.ts, or choose other values.`)
}
