import type { Cost, Reached, Setting } from './contender'
import { trainTimed } from './windows-recipe'

/** Trains the same network on chunks until it has been at the target at the ends of two epochs in a row: one alone may be chance. */
export async function chunksContender(setting: Setting, target: number): Promise<Reached> {
  const reached: { epoch: number; accuracy: number; cost: Cost }[] = []
  let best = 0
  await trainTimed('k8ntext-chunks', setting, (standing) => {
    best = Math.max(best, standing.accuracy)
    if (standing.accuracy < target) reached.length = 0
    else reached.push(standing)
    return reached.length === 2
  })
  const [, second] = reached
  return second ? { ...second, note: `the second of two epochs in a row at or above it (epoch ${second.epoch})` } : { cost: null, accuracy: best, note: '' }
}
