import { valueTitle } from '@/lib/experiments/report/axis-text'
import { valuesOf, type ReportContext } from '@/lib/experiments/report/context'
import type { Observation } from '@/lib/experiments/report/observation'
import type { ScatterBody, ScatterMark } from '@/lib/experiments/report/report-types'
import { measureScale } from '@/lib/experiments/report/scale-info'
import { select, type Where } from '@/lib/experiments/report/select'

/** One measure over another: a mark for each run (or each of its points) that has both. */
export function scatterOfMeasures(context: ReportContext, { x, y, by, where }: { readonly x: string; readonly y: string; readonly by: string | undefined; readonly where: Where }): ScatterBody {
  const found = select(context.observations, y, where, by === undefined ? [] : [by]).filter((one) => one.measures[x] !== undefined)
  const series = by === undefined
    ? [{ key: 'runs', title: 'runs', marks: marksOf(found, x, y) }]
    : valuesOf(context, by, found).map((value) => ({ key: String(value), title: valueTitle(by, value), marks: marksOf(found.filter((one) => one.axes[by] === value), x, y) }))
  return { kind: 'scatter', x: measureScale(x), y: measureScale(y), series: series.filter(({ marks }) => marks.length > 0) }
}

function marksOf(found: readonly Observation[], x: string, y: string): ScatterMark[] {
  return found.flatMap(({ run, measures }) => {
    const [at, value] = [measures[x], measures[y]]
    return run && at !== undefined && value !== undefined ? [{ x: at, y: value, title: `run ${run.number}`, runs: [{ run: run.id, number: run.number, seed: run.seed, value }] }] : []
  })
}
