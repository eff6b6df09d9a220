import { AuditweaveError } from '@/lib/audit/errors'
import type { AxisValue } from '@/lib/experiments/points'

/** Whole numbers between commas. @throws AuditweaveError 'wrong-use' */
export function numbers(text: string): number[] {
  const values = text.split(',').map(Number)
  if (values.some((value) => !Number.isInteger(value) || value < 0)) throw new AuditweaveError('wrong-use', `"${text}" is no list of whole numbers, e.g. 5,20.`)
  return values
}

/** A parser of words between commas, each one of those known. @throws AuditweaveError 'wrong-use' */
export function oneOfEach<T extends string>(known: readonly T[], what: string): (text: string) => T[] {
  return (text) => text.split(',').map((value) => {
    const found = known.find((one) => one === value)
    if (!found) throw new AuditweaveError('wrong-use', `"${value}" is no ${what}: take ${known.join(' or ')}.`)
    return found
  })
}

export type AxisChoices = Readonly<Record<string, readonly AxisValue[]>>

/** Adds "name=v1,v2" to the axes so far; an option that may be given again and again. @throws AuditweaveError 'wrong-use' */
export function addAxis(text: string, before: AxisChoices = {}): AxisChoices {
  const [, name, list] = /^([A-Za-z][A-Za-z0-9]{0,63})=(.+)$/.exec(text) ?? []
  if (name === undefined || list === undefined) throw new AuditweaveError('wrong-use', `"${text}" is no axis with its values, e.g. window=5,20.`)
  return { ...before, [name]: list.split(',').map(axisValue) }
}

function axisValue(text: string): AxisValue {
  const value = text.trim()
  if (value === '') throw new AuditweaveError('wrong-use', 'A value of an axis is empty. Write them between commas, e.g. window=5,20.')
  return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) ? Number(value) : value
}
