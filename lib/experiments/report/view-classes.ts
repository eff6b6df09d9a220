import type { ClassResult } from '../run-spec'
import { valueTitle } from './axis-text'
import { classTitle } from './class-title'
import type { ReportContext } from './context'
import type { ScatterBody, ScatterMark, ScatterSeries } from './report-types'
import type { RunRecord } from './run-record'
import { stands } from './select'
import { mean } from './statistics'
import type { View } from './views'

type ClassesView = Extract<View, { kind: 'classes' }>

/** A mark a label: how many test lines have it (mean over runs that met it) against the share of them that came out right. */
export function classesBody({ runs }: ReportContext, { where, series }: ClassesView): { body: ScatterBody; used: readonly RunRecord[] } {
  const used = runs.filter((run) => run.perClass !== null && stands(run.axes, where ?? {}))
  const values = series === undefined ? [] : [...new Set(used.flatMap((run) => run.axes[series] ?? []))]
  const shown: ScatterSeries[] = series === undefined
    ? [{ key: 'ours', title: 'labels', marks: marksOf(used) }]
    : values.map((value) => ({ key: String(value), title: valueTitle(series, value), marks: marksOf(used.filter((run) => run.axes[series] === value)) }))
  const body: ScatterBody = {
    kind: 'scatter',
    x: { title: 'weight of the label', unit: 'test lines', scale: 'log', domain: null },
    y: { title: 'accuracy (recall)', unit: null, scale: 'linear', domain: [0, 1] },
    series: shown,
  }
  return { body, used }
}

function marksOf(runs: readonly RunRecord[]): ScatterMark[] {
  const byLabel = new Map<string, { run: RunRecord; result: ClassResult }[]>()
  for (const run of runs)
    for (const result of run.perClass ?? []) if (result.support > 0) byLabel.set(result.label, [...(byLabel.get(result.label) ?? []), { run, result }])
  return [...byLabel].map(([label, met]) => ({
    x: mean(met.map(({ result }) => result.support)),
    y: mean(met.map(({ result }) => result.recall)),
    title: classTitle(label),
    runs: met.map(({ run, result }) => ({ run: run.id, number: run.number, seed: run.seed, value: result.recall })),
  })).toSorted((a, b) => b.x - a.x)
}
