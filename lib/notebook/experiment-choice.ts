import { axisHead } from '@/lib/experiments/report/axis-text'
import { buildReport } from '@/lib/experiments/report/build-report'
import type { View } from '@/lib/experiments/report/views'
import { measureOf } from '@/lib/experiments/measures'
import { SCALES, type ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

export interface Named { readonly value: string; readonly label: string }

/** What forms of cells offer of an experiment: its tables and figures, and what its runs stand on and have. */
export interface ExperimentChoice { readonly name: string; readonly title: string; readonly dataset: string; readonly items: readonly Named[]; readonly axes: readonly Named[]; readonly measures: readonly Named[] }

export function experimentChoice(spec: ExperimentSpec): ExperimentChoice {
  const axes = [...SCALES.flatMap((scale) => Object.keys(spec.scales[scale].axes)), ...spec.views.flatMap(axesOf), ...(spec.runs.kind === 'train' ? ['preset'] : []), 'seed']
  return {
    name: spec.name, title: spec.title, dataset: spec.dataset,
    items: buildReport(spec, [], null).items.map(({ id, title }) => ({ value: id, label: title })),
    axes: [...new Set(axes)].map((axis) => ({ value: axis, label: axisHead(axis) })),
    measures: [...new Set(spec.views.flatMap(measuresOf))].map((key) => ({ value: key, label: measureOf(key).title })),
  }
}

function axesOf(view: View): string[] {
  const where = Object.keys(view.where ?? {})
  switch (view.kind) {
    case 'table': return [...where, ...view.rows, ...view.columns.flatMap((column) => Object.keys(column.where ?? {}))]
    case 'lines': return [...where, view.x, ...(view.series === undefined ? [] : [view.series])]
    case 'heat': return [...where, view.x, view.y]
    case 'strips': return [...where, view.k, view.fold]
    case 'bars': return [...where, view.category, ...(view.series === undefined ? [] : [view.series])]
    case 'classes':
    case 'trials':
    case 'rounds': return where
  }
}

function measuresOf(view: View): string[] {
  if (view.kind === 'table') return view.columns.map(({ measure }) => measure)
  return 'measure' in view ? [view.measure] : []
}
