import { InvalidArgumentError } from 'commander'
import type { SplitName } from '@/lib/experiments/run-spec'

/** A parser of whole numbers from `least` on, for an option. @throws InvalidArgumentError, which is wrong use */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
    return value
  }
}

/** NAME or NAME@VERSION of a stored split; names have no @. @throws InvalidArgumentError, which is wrong use */
export function splitName(text: string): SplitName {
  const [, name, version] = /^([^@]{1,200})(?:@([1-9]\d{0,8}))?$/.exec(text) ?? []
  if (name === undefined) throw new InvalidArgumentError('Give a name, or NAME@VERSION.')
  return { name, ...(version === undefined ? {} : { version: Number(version) }) }
}
