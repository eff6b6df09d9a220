import { axisOf } from '../axes'
import type { AxisValue } from '../points'

/** An axis as a column's head or a scale says it, with its unit. */
export function axisHead(axis: string): string {
  const { title, unit } = axisOf(axis)
  return withUnit(title, unit)
}

/** A name with its unit in brackets; not where the unit is a word of the name. */
export function withUnit(name: string, unit: string | null): string {
  return unit === null || name.toLowerCase().split(/\W+/).includes(unit.toLowerCase()) ? name : `${name} (${unit})`
}

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  protocol: { paper: 'paper protocol', blocked: 'blocked protocol', transfer: 'transfer protocol' },
  vote: { majority: 'majority vote', weighted: 'centre-weighted vote', probability: 'mean of probabilities' },
  omit: { none: 'all features' },
  rules: { speaking: 'rules speaking', silent: 'rules silent' },
}

/** Axes whose numbers stand alone, as the axis' title is beside them anyway. */
const ALONE: ReadonlySet<string> = new Set(['omit', 'bin', 'size', 'query', 'form'])

/** A value as a series or a category is called. */
export function valueTitle(axis: string, value: AxisValue): string {
  const named = VALUES[axis]?.[String(value)]
  if (named !== undefined) return named
  return typeof value === 'number' && !ALONE.has(axis) ? `${axisOf(axis).title} ${value}` : String(value)
}
