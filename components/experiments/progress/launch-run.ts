import { axisOf } from '@/lib/experiments/axes'
import type { AxisValue } from '@/lib/experiments/points'
import { secondsLeft, type TimedRun } from '@/lib/experiments/time-left'
import { formatFigure } from '@/components/format/number'
import type { JsonObject } from '@/lib/audit/event'
import type { RunLine } from '@/components/runs/run-line'

/** A run of a launch as its progress shows it. */
export interface LaunchRun {
  readonly line: RunLine
  readonly kind: 'train' | 'measure'
  readonly axes: JsonObject
  /** Why it was cut short; null where it was not. */
  readonly endedEarly: string | null
}

/** What tells the runs of a launch apart: the axes that differ among them. */
export function varyingAxes(runs: readonly Pick<LaunchRun, 'axes'>[]): string[] {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.axes)))].sort((a, b) => Number(a === 'seed') - Number(b === 'seed'))
  return names.filter((name) => new Set(runs.map((run) => JSON.stringify(run.axes[name] ?? null))).size > 1)
}

/** Axes whose names say enough by themselves. */
const NAMES: ReadonlySet<string> = new Set(['protocol', 'preset', 'method', 'vote'])

/** "window 25, seed 3": the run's place on these axes; its name where nothing differs. */
export function placeText(run: LaunchRun, axes: readonly string[]): string {
  const parts = axes.flatMap((name) => {
    const value = run.axes[name]
    if (typeof value === 'string') return [NAMES.has(name) ? value : `${axisOf(name).title.toLowerCase()} ${value}`]
    return typeof value === 'number' ? [`${axisOf(name).title.toLowerCase()} ${formatFigure(value)}`] : []
  })
  return parts.length === 0 ? run.line.name : parts.join(', ')
}

export interface Failure { readonly why: string; readonly runs: readonly LaunchRun[] }

/** Runs that failed, were cut short, or were stopped for a reason, together where they say the same. */
export function failuresOf(runs: readonly LaunchRun[]): { readonly failed: readonly Failure[]; readonly early: readonly Failure[]; readonly stopped: readonly Failure[] } {
  return {
    failed: together(runs.filter(({ line }) => line.state === 'failed'), ({ line }) => line.error ?? 'No reason was kept; see the run.'),
    // a person's stop needs no reason; a spent budget has one
    stopped: together(runs.filter(({ line }) => line.state === 'stopped' && line.error !== null), ({ line }) => line.error ?? ''),
    early: together(runs.filter(({ endedEarly }) => endedEarly !== null), ({ endedEarly }) => earlyText(endedEarly ?? '')),
  }
}

function together(runs: readonly LaunchRun[], why: (run: LaunchRun) => string): Failure[] {
  const groups = new Map<string, LaunchRun[]>()
  for (const run of runs) groups.set(why(run), [...(groups.get(why(run)) ?? []), run])
  return [...groups].map(([text, own]) => ({ why: text, runs: own }))
}

/** Why a training was ended before its end, in words. */
export function earlyText(reason: string): string {
  if (reason === 'hopeless') return 'It was far behind other runs of its launch; it is scored with its best weights until then.'
  if (reason === 'budget-spent') return 'The budget of its launch was spent; it is scored with its best weights until then.'
  return reason
}

/** Seconds until the last run ends; null where nothing is known yet. `expectedRunSeconds` is what the experiment expects of one of its runs. */
export function timeLeft(runs: readonly LaunchRun[], now: number, expectedRunSeconds: number): number | null {
  const timed = runs.map(({ line, axes }): TimedRun => ({
    experiment: line.experiment ?? '', preset: line.preset, window: valueOf(axes.window), state: line.state,
    seconds: line.state === 'done' ? (line.totalSeconds ?? between(line.startedAt, line.finishedAt)) : null,
    spent: line.state === 'running' && line.startedAt ? Math.max(0, (now - Date.parse(line.startedAt)) / 1000) : 0,
  }))
  return secondsLeft(timed, Math.max(1, runs.filter(({ line }) => line.state === 'running').length), () => expectedRunSeconds)
}

function valueOf(value: unknown): AxisValue | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

function between(from: string | null, to: string | null): number | null {
  return from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : null
}
