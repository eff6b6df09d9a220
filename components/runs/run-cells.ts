import type { JsonObject, JsonValue } from '@/lib/audit/event'
import type { RunProgress } from '@/lib/experiments/execute-types'
import type { Point } from '@/lib/experiments/points'
import { runSpecSchema } from '@/lib/experiments/run-spec'
import type { Run, RunRow } from '@/lib/store/run-types'
import { formatFigure } from '@/components/format/number'
import { toWire, type WireCell, type WireTable, type WireValue } from '@/components/columns/wire'
import { settingText } from './run-settings'

/** What the table reads of a stored run. */
export type TableRunSource = RunRow & Pick<Run, 'params' | 'note' | 'points'>

/** All runs as they travel: columns, and what is known of the few that run or failed. */
export interface RunsWire extends WireTable {
  readonly progress: Readonly<Record<string, RunProgress>>
  readonly errors: Readonly<Record<string, string>>
  readonly stopping: readonly string[]
}

export function wireRuns(runs: readonly TableRunSource[]): RunsWire {
  return {
    ...toWire(runs, (run) => run.id, runCells),
    progress: Object.fromEntries(runs.flatMap((run) => (run.state === 'running' && run.progress ? [[run.id, run.progress] as const] : []))),
    errors: Object.fromEntries(runs.flatMap((run) => (run.error ? [[run.id, run.error.message] as const] : []))),
    stopping: runs.filter((run) => run.state === 'running' && run.cancelRequested).map((run) => run.id),
  }
}

const time = (text: string | null): number | null => (text === null ? null : Date.parse(text))
/** Columns every run has; settings of these names say the same. */
const OWN = new Set(['number', 'name', 'kind', 'state', 'experiment', 'dataset', 'preset', 'protocol', 'seed', 'engine', 'worker', 'tags', 'note', 'created', 'started', 'finished', 'attempt', 'pinned', 'early', 'epochsDone', 'measured'])

/** Every cell of a run, by column. A column without any value is not sent. */
export function runCells(run: TableRunSource): WireCell[] {
  const own: Record<string, WireValue> = {
    number: run.number, name: run.name, kind: run.kind === 'measure' ? 'measurement' : 'training', state: run.state, experiment: run.experimentName, dataset: run.datasetName, preset: run.preset,
    protocol: run.kind === 'measure' ? null : run.protocol, seed: run.seed, engine: run.engine, worker: run.worker, tags: run.tags.length > 0 ? run.tags.join(', ') : null, note: run.note || null,
    created: time(run.createdAt), started: time(run.startedAt), finished: time(run.finishedAt), attempt: run.attempt, pinned: run.pinned ? 'baseline' : null, early: run.endedEarly,
    epochsDone: run.kind === 'measure' ? null : run.epochs, measured: measuredText(run.points),
  }
  const cells: WireCell[] = Object.entries(own).map(([key, value]) => ({ key, from: 'run', value }))
  const timings = Object.entries({ ...run.timings }).map(([key, value]) => ({ key, from: 'timings', value }))
  const figures = Object.entries({ ...run.metrics, ...onlyMeasures(run.points) }).map(([key, value]) => ({ key, from: 'figures', value }))
  for (const { key, from, value } of [...figures, ...timings]) if (typeof value === 'number' && Number.isFinite(value) && !TOLD.has(key)) cells.push({ key: figureKey(key), from, value })
  for (const [key, value] of settings(run)) if (!OWN.has(key)) cells.push({ key, from: 'settings', value })
  return cells
}

/** Epochs trained stand in `epochsDone`, in runs that still go too. */
const TOLD = new Set(['epochs'])

/** A figure whose name is a setting's as well gets another key. */
function figureKey(key: string): string {
  return OWN.has(key) || Object.hasOwn(runSpecSchema.shape, key) ? `figure.${key}` : key
}

/** What the run was told, flat ("split.test"), and where it stands on the axes of its sweep. */
function settings(run: TableRunSource): Map<string, WireValue> {
  const flat = new Map<string, WireValue>()
  const walk = (value: JsonObject, prefix: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined || inner === null) continue
      if (typeof inner === 'object' && !Array.isArray(inner)) walk(inner, run.kind === 'measure' && name === 'measure' ? prefix : `${prefix}${name}.`)
      else flat.set(`${prefix}${name}`, settingValue(inner))
    }
  }
  walk(run.params, '')
  for (const [name, value] of Object.entries(run.axes)) if (!flat.has(name) && value !== null && value !== undefined && typeof value !== 'object') flat.set(name, settingValue(value))
  return flat
}

function settingValue(value: JsonValue): WireValue {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? value : settingText(value)
}

/** Measures of which a run has one value alone: several points stand for several things, and their mean for none. */
function onlyMeasures(points: readonly Point[]): Record<string, number> {
  const [first] = points
  return points.length === 1 && first ? first.measures : {}
}

/** "accuracy 0.41 to 0.98 at 6 points": what several points say, in short. */
function measuredText(points: readonly Point[]): string | null {
  if (points.length < 2) return null
  const names = new Map<string, number[]>()
  for (const point of points) for (const [name, value] of Object.entries(point.measures)) names.set(name, [...(names.get(name) ?? []), value])
  const [first] = names
  if (!first) return `${points.length} points`
  const [low, high] = [Math.min(...first[1]), Math.max(...first[1])]
  return `${first[0]} ${low === high ? formatFigure(low) : `${formatFigure(low)} to ${formatFigure(high)}`} at ${points.length} points`
}
