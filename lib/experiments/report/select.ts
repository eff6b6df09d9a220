import type { AxisValue } from '../points'
import type { Observation } from './observation'

/** Only these places: one value or any of several, by axis. */
export type Where = Readonly<Record<string, AxisValue | readonly AxisValue[]>>

export function allows(wanted: AxisValue | readonly AxisValue[] | undefined, value: AxisValue | undefined): boolean {
  if (wanted === undefined) return true
  if (value === undefined) return false
  return typeof wanted === 'object' ? wanted.includes(value) : wanted === value
}

export function stands(axes: Observation['axes'], where: Where): boolean {
  return Object.entries(where).every(([axis, wanted]) => allows(wanted, axes[axis]))
}

/**
 * The observations of a measure that stand where a view looks. A training yields figures of its own and points besides, e.g. by vote: points whose further
 * axes the view does not name are left out where there are figures without them, so that nothing is counted twice.
 */
export function select(observations: readonly Observation[], measure: string, where: Where, named: readonly string[]): Observation[] {
  const here = observations.filter((one) => one.measures[measure] !== undefined && stands(one.axes, where) && named.every((axis) => one.axes[axis] !== undefined))
  const known = new Set([...named, ...Object.keys(where)])
  const further = new Set(here.flatMap((one) => one.own).filter((axis) => !known.has(axis)))
  return [...further].reduce((left, axis) => {
    const without = left.filter((one) => one.axes[axis] === undefined)
    return without.length > 0 ? without : left
  }, here)
}

/**
 * Published figures name fewer axes than ours: those they do not name are no reason to leave them out, those that nobody asks for are. Axes in `known`
 * they may name or not.
 */
export function selectPublished(published: readonly Observation[], measure: string, where: Where, named: readonly string[], known: readonly string[] = []): Observation[] {
  return published.filter((one) => one.measures[measure] !== undefined
    && named.every((axis) => one.axes[axis] !== undefined)
    && Object.keys(one.axes).every((axis) => named.includes(axis) || known.includes(axis) || Object.hasOwn(where, axis))
    && Object.entries(where).every(([axis, wanted]) => one.axes[axis] === undefined || allows(wanted, one.axes[axis])))
}
