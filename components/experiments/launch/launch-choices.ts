import type { z } from 'zod'
import { isAuditweaveError } from '@/lib/audit/errors'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { AXES } from '@/lib/experiments/axes'
import { expectedRuns } from '@/lib/experiments/growth/growth'
import { planLaunch, type PlanChoices } from '@/lib/experiments/launch'
import { checkLaunchSize } from '@/lib/experiments/launch-size'
import type { AxisValue } from '@/lib/experiments/points'
import type { SplitName } from '@/lib/experiments/run-spec'
import type { ExperimentSpec, Scale } from '@/lib/experiments/spec/experiment-spec'
import type { launchBody } from '@/app/api/contracts'
import { estimateMinutes, parseNumbers } from '../estimate'

/** A data set that a launch may take. */
export interface DatasetChoice { readonly id: string; readonly name: string; readonly events: number; readonly splits: readonly Required<SplitName>[] }

/** What stands in the launch form; numbers as they are typed. */
export interface LaunchChoices {
  readonly dataset: string
  readonly scoredOn: string
  /** Holds lines out instead of the experiment's own protocols; null for these. */
  readonly storedSplit: Required<SplitName> | null
  readonly scale: Scale
  /** Every axis of the sweep with its values. */
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  readonly seeds: string
  readonly lines: string
  readonly epochs: string
  readonly engine: EngineChoice
  readonly priority: string
  readonly budgetMinutes: string
  readonly budgetRuns: string
  readonly earlyStop: boolean
}

export const ENGINES = ENGINE_CHOICES

/** The form as a scale has it. */
export function ofScale(spec: ExperimentSpec, scale: Scale): Pick<LaunchChoices, 'scale' | 'axes' | 'seeds' | 'lines' | 'epochs'> {
  const { axes, seeds, base } = spec.scales[scale]
  const figure = (value: unknown): string => (typeof value === 'number' ? String(value) : '')
  return { scale, axes, seeds: seeds.length > 2 && seeds.every((seed, index) => seed === (seeds[0] ?? 0) + index) ? `${seeds[0]}-${seeds.at(-1)}` : seeds.join(', '), lines: figure(base.lines), epochs: spec.runs.kind === 'train' ? figure(base.epochs) : '' }
}

export function firstChoices(spec: ExperimentSpec, scale: Scale, datasets: readonly DatasetChoice[], dataset: string | null): LaunchChoices {
  const first = datasets.find((one) => one.id === dataset) ?? datasets[0]
  const other = datasets.find((one) => one.id !== first?.id) ?? first
  return { dataset: first?.id ?? '', scoredOn: other?.name ?? '', storedSplit: null, ...ofScale(spec, scale), engine: 'auto', priority: '0', budgetMinutes: '', budgetRuns: '', earlyStop: false }
}

/** Whether runs of the transfer protocol are among those chosen, so that a second data set is asked for. */
export function transfers(spec: ExperimentSpec, { axes, scale, storedSplit }: Pick<LaunchChoices, 'axes' | 'scale'> & Partial<Pick<LaunchChoices, 'storedSplit'>>): boolean {
  if (storedSplit) return false
  const fixed = spec.scales[scale].base.protocol
  return axes.protocol ? axes.protocol.includes('transfer') : fixed === 'transfer'
}

function whole(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null
}

function planChoices(spec: ExperimentSpec, choices: LaunchChoices): PlanChoices {
  const epochs = whole(choices.epochs)
  return {
    scale: choices.scale,
    axes: { ...choices.axes, ...(transfers(spec, choices) ? { scoredOn: [choices.scoredOn] } : {}) },
    seeds: parseNumbers(choices.seeds),
    lines: whole(choices.lines),
    ...(choices.storedSplit ? { storedSplit: choices.storedSplit } : {}),
    ...(epochs === null ? {} : { epochs }),
    ...(choices.engine === 'auto' ? {} : { engine: choices.engine }),
  }
}

/** What the form asks the server for. */
export function toBody(spec: ExperimentSpec, choices: LaunchChoices): z.input<typeof launchBody> {
  const { axes, scale, ...plan } = planChoices(spec, choices)
  const [minutes, runs] = [Number(choices.budgetMinutes) || null, whole(choices.budgetRuns)]
  const { scoredOn: _, ...swept } = axes ?? {}
  const copied = Object.fromEntries(Object.entries(swept).map(([name, values]) => [name, [...values]]))
  return {
    dataset: choices.dataset, scale, axes: copied,
    ...(plan.seeds ? { seeds: [...plan.seeds] } : {}), ...(plan.lines === undefined ? {} : { lines: plan.lines }), ...(plan.epochs ? { epochs: plan.epochs } : {}), ...(plan.engine ? { engine: plan.engine } : {}),
    ...(transfers(spec, choices) ? { scoredOn: choices.scoredOn } : {}),
    ...(choices.storedSplit ? { storedSplit: choices.storedSplit } : {}),
    ...(Number(choices.priority) ? { priority: Number(choices.priority) } : {}),
    ...(minutes || runs ? { budget: { ...(minutes ? { seconds: minutes * 60 } : {}), ...(runs ? { runs } : {}) } } : {}),
    ...(choices.earlyStop ? { earlyStop: true as const } : {}),
  }
}

/** How many runs a launch would have, and about how long it would take with one worker; or why it cannot be made. */
export type Forecast = { readonly runs: number; readonly begun: number; readonly minutes: number } | { readonly problem: string }

export function forecast(spec: ExperimentSpec, choices: LaunchChoices, events: number): Forecast {
  const empty = Object.entries(choices.axes).find(([, values]) => values.length === 0)
  if (empty) return { problem: `Choose at least one value of ${AXES[empty[0]]?.title.toLowerCase() ?? empty[0]}.` }
  if (parseNumbers(choices.seeds).length === 0) return { problem: 'Choose at least one seed, such as 1 or 1-5.' }
  try {
    const plan = planChoices(spec, choices)
    const runs = countOf(spec, plan)
    const scale = spec.scales[choices.scale]
    const all = countOf(spec, { scale: choices.scale, ...(transfers(spec, ofScale(spec, choices.scale)) ? { axes: { scoredOn: [choices.scoredOn] } } : {}) })
    const { lines, epochs } = scale.base
    const reach = (value: unknown): number | null => (typeof value === 'number' ? Math.min(value, events) : events)
    const minutes = estimateMinutes(scale, { runs: all.runs, lines: reach(lines), epochs: typeof epochs === 'number' ? epochs : null }, { runs: runs.runs, lines: reach(plan.lines ?? null), epochs: plan.epochs ?? null })
    return { ...runs, minutes }
  } catch (error) {
    if (isAuditweaveError(error)) return { problem: error.message }
    throw error
  }
}

/** Every seed has the same runs, so that those of one are unrolled and counted: the form answers at once at any scale. */
function countOf(spec: ExperimentSpec, plan: PlanChoices): { runs: number; begun: number } {
  checkLaunchSize(spec, plan.scale, plan)
  const seeds = plan.seeds ?? spec.scales[plan.scale].seeds
  const launch = planLaunch(spec, { ...plan, seeds: seeds.slice(0, 1) })
  const { growth } = (launch.spec as unknown as ExperimentSpec).scales[plan.scale]
  const begun = launch.runs.length * seeds.length
  return { begun, runs: growth ? Math.max(begun, expectedRuns(growth, begun)) : begun }
}

/** Reads what was typed to an axis: numbers and ranges where its values are numbers, else names. */
export function parseValues(text: string, existing: readonly AxisValue[]): AxisValue[] {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const numeric = existing.length === 0 ? parts.every((part) => Number.isFinite(Number(part)) || /^\d+-\d+$/.test(part)) : existing.every((value) => typeof value === 'number')
  if (!numeric) return parts
  return parts.flatMap((part) => (/^\d+-\d+$/.test(part) ? parseNumbers(part) : Number.isFinite(Number(part)) ? [Number(part)] : []))
}

/** Why a value cannot be one of the axis, by planning a launch with it alone; null where it can. */
export function valueProblem(spec: ExperimentSpec, choices: LaunchChoices, axis: string, value: AxisValue): string | null {
  const one = Object.fromEntries(Object.entries(spec.scales[choices.scale].axes).map(([name, values]) => [name, values.slice(0, 1)]))
  // one value of each other axis may not go with this one, all of them may: an impossible pair is no fault of the value
  const tries = [one, { ...spec.scales[choices.scale].axes }].map((axes): Forecast => forecast(spec, { ...choices, axes: { ...axes, [axis]: [value] }, seeds: '1' }, 1000))
  const failed = tries.find((made) => 'problem' in made)
  return tries.every((made) => 'problem' in made) && failed && 'problem' in failed ? failed.problem : null
}
