import { z } from 'zod'
import { randomWord } from '@/lib/model/random'

const values = z.array(z.number().positive()).min(1)

/** What a tuner may choose, each dimension as the values that it may take: units are multiples of |F|. */
export const spaceSchema = z.strictObject({ unitsFirst: values, unitsSecond: values, dropout: values, learningRate: values })
export type SearchSpace = z.infer<typeof spaceSchema>
export type Dimension = keyof SearchSpace

export const DIMENSIONS = Object.keys(spaceSchema.shape) as readonly Dimension[]

/** One choice of each dimension. */
export type Parameters = Readonly<Record<Dimension, number>>

function sizeOf(space: SearchSpace): number {
  return DIMENSIONS.reduce((product, name) => product * space[name].length, 1)
}

/** The point of a place in the space's grid, the last dimension counting quickest. */
function pointAt(space: SearchSpace, place: number): Parameters {
  let rest = place
  const point: [Dimension, number][] = []
  for (const name of DIMENSIONS.toReversed()) {
    const choices = space[name]
    point.push([name, choices[rest % choices.length] as number])
    rest = Math.floor(rest / choices.length)
  }
  return Object.fromEntries(point) as Parameters
}

/**
 * The points of the first `count` trials of a search, uniform over the grid and none twice while there are others;
 * decided by seed and round alone.
 */
export function samplePoints(space: SearchSpace, count: number, seed: number, round: number): Parameters[] {
  const size = sizeOf(space)
  const taken = new Set<number>()
  let draw = 0
  return Array.from({ length: count }, () => {
    if (taken.size === size) taken.clear()
    let place = randomWord(seed, 'trials', round, draw++) % size
    while (taken.has(place)) place = randomWord(seed, 'trials', round, draw++) % size
    taken.add(place)
    return pointAt(space, place)
  })
}
