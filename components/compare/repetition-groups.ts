import { compareRepetitions, type Repetition, type RepetitionComparison } from '@/lib/experiments/compare/repetitions'
import { measure, type Measure } from '@/components/runs/measures'
import type { ComparedRun } from './compared-run'
import { flatten, settingRows } from './differences'

/** Runs that differ in nothing but the seed. */
export interface RepetitionGroup {
  readonly key: string
  /** What tells it from the other groups. */
  readonly name: string
  readonly runs: readonly ComparedRun[]
}

/** Resamples are drawn by it: the same runs always give the same intervals. */
const SEED = 1

/** The runs by everything they were told but the seed; a group's name is what the groups differ in. */
export function repetitionGroups(runs: readonly ComparedRun[]): RepetitionGroup[] {
  const groups = new Map<string, ComparedRun[]>()
  for (const one of runs) {
    const key = JSON.stringify([...settingsOf(one)].sort(([a], [b]) => (a < b ? -1 : 1)))
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const members = [...groups]
  const rows = settingRows(members.map(([, [first]]) => Object.fromEntries(first ? settingsOf(first) : []))).filter((row) => row.differs)
  return members.map(([key, list], place) => ({ key, runs: list, name: rows.map((row) => `${row.name} ${row.values[place] ?? '–'}`).join(', ') || `${list[0]?.run.preset ?? ''}, ${list[0]?.run.protocol ?? ''} protocol` }))
}

function settingsOf({ run }: ComparedRun): Map<string, string> {
  const { seed: _, ...params } = run.params
  return new Map([['dataset', run.datasetName], ...[...flatten(params)].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])])
}

export function figureOf({ run }: ComparedRun, { id, from }: Pick<Measure, 'id' | 'from'>): number | null {
  const figures = from === 'metrics' ? run.metrics : from === 'timings' ? run.timings : run.points.length === 1 ? run.points[0]?.measures : null
  const value = (figures as Readonly<Record<string, unknown>> | null | undefined)?.[id]
  return typeof value === 'number' ? value : null
}

export interface RepeatedFigure {
  readonly group: RepetitionGroup
  readonly values: readonly (Repetition & { readonly run: ComparedRun })[]
  /** Against the baseline's group; null for that group itself, or where either has fewer than two. */
  readonly comparison: RepetitionComparison | null
}

/** A measure of every group, and how it differs from the baseline's group. */
export function repeatedFigures(groups: readonly RepetitionGroup[], baseline: ComparedRun, measureId: string): RepeatedFigure[] {
  const known = measure(measureId)
  const valuesOf = (group: RepetitionGroup) => group.runs.flatMap((run) => {
    const value = known ? figureOf(run, known) : null
    return value === null ? [] : [{ seed: run.run.seed, value, run }]
  })
  const base = groups.find((group) => group.runs.includes(baseline))
  const baseValues = base ? valuesOf(base) : []
  return groups.map((group) => {
    const values = valuesOf(group)
    return { group, values, comparison: group === base ? null : compareRepetitions(baseValues, values, SEED) }
  })
}
