import { AuditweaveError } from '@/lib/audit/errors'
import type { ExperimentSpec, Scale } from './experiment-spec'
import { runSpecSchema, type Protocol, type RunSpec } from './run-spec'

/** What a launch may narrow; anything left out is as the scale has it. */
export interface LaunchChoices {
  readonly windows?: readonly number[]
  readonly protocols?: readonly Protocol[]
  readonly seeds?: readonly number[]
}

const DEFAULTS = { lines: null, stride: 1, inferStride: 1, omitFeatures: [], maxSeconds: null, vote: 'weighted' as const }

/**
 * Unrolls an experiment at a scale into run specs: every window at every protocol at every seed.
 * Long windows come last, so that a sweep stopped early still has whole rows.
 * @throws AuditweaveError 'bad-experiment' when the settings do not make a valid run.
 */
export function expandExperiment(spec: ExperimentSpec, scale: Scale, settings: Partial<RunSpec>, choices: LaunchChoices = {}, overrides: Partial<RunSpec> = {}): RunSpec[] {
  const plan = spec.scales[scale]
  const windows = choices.windows ?? numbers(plan.axes.window)
  const protocols = choices.protocols ?? spec.protocols.filter((protocol) => plan.axes.protocol?.includes(protocol) ?? true)
  const seeds = choices.seeds ?? plan.seeds
  const runs: RunSpec[] = []
  for (const seed of seeds)
    for (const window of windows)
      for (const protocol of protocols) {
        const merged = { ...DEFAULTS, ...settings, ...plan.base, ...plan.byWindow?.[String(window)], ...overrides, preset: spec.preset, window, protocol, seed }
        runs.push(valid(spec.name, merged))
      }
  return runs
}

function numbers(values: readonly (number | string)[] | undefined): number[] {
  return (values ?? []).filter((value) => typeof value === 'number')
}

function valid(experiment: string, merged: object): RunSpec {
  const parsed = runSpecSchema.safeParse(merged)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AuditweaveError('bad-experiment', `Experiment ${experiment}: ${issue?.path.join('.') ?? 'a setting'}: ${issue?.message ?? 'is not valid'}. Correct it in experiments/${experiment}.ts.`)
}
