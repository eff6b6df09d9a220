import { InvalidArgumentError } from 'commander'

/** A parser of whole numbers from `least` on, for an option. @throws InvalidArgumentError, which is wrong use */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
    return value
  }
}
