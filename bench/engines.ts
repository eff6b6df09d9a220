import { availableParallelism, loadavg } from 'node:os'
import { findPackage } from '@/lib/engine/registry/find.node.ts'
import { openEngine } from '@/lib/engine/registry/open.node.ts'
import { OPTIONAL_ENGINES } from '@/lib/engine/registry/optional'
import { createStepTimer, type StepTimer } from '@/lib/engine/registry/time-step'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'

// The optional engines that are installed against wasm: the paper's network, W = 60, steps taken in turns. A ratio above 1 is faster than wasm.
const ROUNDS = 9
const BATCHES = [32, 128]
const threads = Number(process.env.BENCH_THREADS ?? availableParallelism())

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

interface Cost { readonly wall: number; readonly processor: number }

async function cost(timer: StepTimer, work: 'step' | 'predict'): Promise<Cost> {
  const before = process.cpuUsage()
  const wall = await timer[work]()
  const { user, system } = process.cpuUsage(before)
  return { wall, processor: user + system }
}

/** Other work on the machine moves the first ratio most and the last, of processor time, least. */
async function compare(wasm: StepTimer, other: StepTimer, work: 'step' | 'predict'): Promise<string> {
  const pairs: { wasm: Cost; other: Cost }[] = []
  for (let round = 0; round < ROUNDS; round++) pairs.push({ wasm: await cost(wasm, work), other: await cost(other, work) })
  const least = Math.min(...pairs.map((pair) => pair.wasm.wall)) / Math.min(...pairs.map((pair) => pair.other.wall))
  const ratio = (kind: keyof Cost): string => median(pairs.map((pair) => pair.wasm[kind] / pair.other[kind])).toFixed(2)
  return `median ${ratio('wall')}, of the shortest ${least.toFixed(2)}, of processor time ${ratio('processor')}`
}

const wasm = await loadWasmEngine({ threads })
for (const name of OPTIONAL_ENGINES) {
  const found = findPackage(name)
  if (!found) {
    console.log(`${name}: not installed, see docs/engines.md`)
    continue
  }
  const engine = await openEngine(name, found, threads).catch((error: unknown) => {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    return null
  })
  if (!engine) continue
  if (engine.description.endsWith('software')) {
    console.log(`${engine.description}: not timed, a program is no graphics card`)
    continue
  }
  for (const batch of BATCHES) {
    const [ours, theirs] = [await createStepTimer(wasm, { threads, batch }), await createStepTimer(engine, { threads, batch })]
    for (const [work, label] of [['step', 'training'], ['predict', 'inference']] as const) {
      console.log(`${engine.description}, by ${wasm.description}; batch ${batch}, ${label}: ${await compare(ours, theirs, work)} (load ${loadavg()[0]?.toFixed(1)})`)
    }
    await Promise.all([ours.dispose(), theirs.dispose()])
  }
}
process.exit(0)
