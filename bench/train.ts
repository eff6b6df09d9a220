import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { paperContender } from './_train/paper-recipe'
import { chunksContender } from './_train/chunks-recipe'
import { linkedContender } from './_train/linked-recipe'
import type { Cost, Reached } from './_train/contender'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'

/** The bar, and the size at which both ends within ten minutes on two quiet cores. */
const BAR = 20
const LINES = 4000

const { values } = parseArgs({ options: { lines: { type: 'string', default: String(LINES) }, seed: { type: 'string', default: '1' }, threads: { type: 'string', default: String(availableParallelism()) }, log: { type: 'string', default: fileURLToPath(new URL('../datasets/lab-a/audit.jsonl.gz', import.meta.url)) } } })
const setting = { engine: await loadWasmEngine({ threads: Number(values.threads) }), threads: Number(values.threads), lines: Number(values.lines), seed: Number(values.seed), log: values.log }

const costText = ({ wall, processor }: Cost): string => `${wall.toFixed(1)} s (${processor.toFixed(1)} s of processor time)`
const say = (text: string): void => { process.stdout.write(`${text}\n`) }

function told(name: string, reached: Reached, paper: Cost): void {
  if (reached.cost === null) return say(`${name}: did not reach it; ${reached.accuracy.toFixed(4)} at best`)
  const ratio = paper.wall / reached.cost.wall
  say(`${name}: ${reached.accuracy.toFixed(4)} after ${costText(reached.cost)}, ${reached.note}`)
  say(`  ratio ${ratio.toFixed(1)} by the clock, ${(paper.processor / reached.cost.processor).toFixed(1)} by processor time (bar: at least ${BAR})${ratio >= BAR ? '' : '  BELOW THE BAR'}`)
}

say(`Time to accuracy on the first ${setting.lines} API lines of ${values.log.split('/').at(-2) ?? values.log}, blocked protocol, seed ${setting.seed}: ${setting.engine.description}; load before it ${(loadavg()[0] ?? 0).toFixed(1)}.`)
say('Times are of training with its validation, and of linking where there is any; scoring the test lines after each epoch, by which this bench sees where a recipe stands, is left out.\n')
const paper = await paperContender(setting, say)
say(`the paper's recipe (k8ntext-table: every window, W = 60): stops after ${paper.epochs} epochs and ${costText(paper.cost)} at an accuracy of ${paper.accuracy.toFixed(4)} over the test lines\n`)
told('k8ntext-chunks, the same network', await chunksContender(setting, paper.accuracy), paper.cost)
told('linked, the default network', await linkedContender(setting, paper.accuracy), paper.cost)
