import type { Cost, Setting } from './contender'
import { trainTimed } from './windows-recipe'

/** Trains as Table 4 says, to the end that its early stopping sets. */
export async function paperContender(setting: Setting, say: (text: string) => void): Promise<{ epochs: number; cost: Cost; accuracy: number }> {
  const { result, cost, accuracy } = await trainTimed('k8ntext-table', setting, ({ epoch, accuracy: now, cost: spent }) => {
    say(`  epoch ${epoch}: ${now.toFixed(4)} after ${spent.wall.toFixed(0)} s`)
    return false
  })
  return { epochs: result.epochs.length, cost, accuracy }
}
