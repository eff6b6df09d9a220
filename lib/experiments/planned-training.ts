import type { PlannedRun } from './planned-run'
import type { AxisValue } from './points'
import type { RunSpec } from './run-spec'

/** Axes that a training's name tells anyway. */
const NAMED = new Set(['preset', 'window', 'protocol', 'seed'])

/** A training as the queue takes it; its axes are the swept ones and those that every training has. */
export function plannedTraining({ swept, params }: { readonly swept: Readonly<Record<string, AxisValue>>; readonly params: RunSpec }): PlannedRun {
  const { preset, protocol, window, seed, storedSplit } = params
  const others = Object.entries(swept).filter(([name]) => !NAMED.has(name)).map(([name, value]) => ` ${name}=${value}`)
  return { kind: 'train', name: `${preset} W=${window} ${storedSplit ? `split ${storedSplit.name}` : protocol}${others.join('')} seed ${seed}`, preset, protocol, seed, axes: { preset, window, protocol, seed, ...swept }, params }
}
