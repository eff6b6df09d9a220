import { valuesOf, type ReportContext } from './context'
import type { Observation } from './observation'
import type { Strip, StripsBody } from './report-types'
import { measureScale } from './scale-info'
import { select } from './select'
import { summarise } from './summary'
import type { View } from './views'

type StripsView = Extract<View, { kind: 'strips' }>

/** One strip a fold, where its lines stand in the log. */
export function stripsBody(context: ReportContext, view: StripsView): { body: StripsBody; used: readonly Observation[] } {
  const found = select(context.observations, view.measure, view.where ?? {}, [view.k, view.fold])
  const strips = valuesOf(context, view.k, found).flatMap((k): Strip[] => {
    const rows = found.filter((one) => one.axes[view.k] === k)
    return valuesOf(context, view.fold, rows).flatMap((fold): Strip[] => {
      const summary = summarise(rows.filter((one) => one.axes[view.fold] === fold), view.measure)
      return summary && typeof k === 'number' && typeof fold === 'number' ? [{ k, fold, from: (fold - 1) / k, to: fold / k, ...summary }] : []
    })
  })
  return { body: { kind: 'strips', value: measureScale(view.measure), strips }, used: found }
}
