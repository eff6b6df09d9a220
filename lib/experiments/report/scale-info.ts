import { axisOf } from '../axes'
import { measureOf } from '../measures'
import type { AxisValue } from '../points'
import type { ScaleInfo } from './report-types'

/** `domain` bounds what the measure can be; a drawing need not show all of it. */
export function measureScale(measure: string, scale: 'linear' | 'log' = 'linear'): ScaleInfo {
  const { title, unit, domain } = measureOf(measure)
  return { measure, title, unit, scale, domain }
}

/** Names stand at even steps; so do numbers where asked. */
export function axisScale(axis: string, values: readonly AxisValue[], scale?: 'linear' | 'log' | 'point'): ScaleInfo {
  const { title, unit } = axisOf(axis)
  return { title, unit, scale: scale ?? (values.every((value) => typeof value === 'number') ? 'linear' : 'point'), domain: null }
}
