import { checkConformance } from '../conformance/check'
import type { Engine } from '../types'
import { loadWasmEngine } from '../wasm/engine.node.ts'
import { findPackage } from './find.node.ts'
import { openEngine } from './open.node.ts'
import { isOptionalEngine } from './optional'
import type { Finding } from './probe-result'
import { createStepTimer } from './time-step'

// A process of its own, so that a native library that crashes or hangs takes nothing with it: probe.node.ts ENGINE THREADS

const ROUNDS = 5
const BATCH = 32

async function probe(name: string, threads: number): Promise<Finding> {
  const found = isOptionalEngine(name) ? findPackage(name) : null
  if (!isOptionalEngine(name) || !found) return { passed: false, description: name, message: 'is not installed', speed: null }
  const engine = await openEngine(name, found, threads)
  const { passed, message } = await checkConformance(engine)
  const { description } = engine
  if (!passed || description.endsWith('software')) return { passed, description, message, speed: null }
  return { passed, description, message, speed: await speed(engine, threads) }
}

/** Training speed by wasm's: the shortest of steps taken in turns, which other work on the machine disturbs least. */
async function speed(engine: Engine, threads: number): Promise<number> {
  const wasm = await loadWasmEngine({ threads })
  const [own, other] = [await createStepTimer(engine, { threads, batch: BATCH }), await createStepTimer(wasm, { threads, batch: BATCH })]
  let [ownBest, otherBest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < ROUNDS; round++) {
    otherBest = Math.min(otherBest, await other.step())
    ownBest = Math.min(ownBest, await own.step())
  }
  await Promise.all([own.dispose(), other.dispose()])
  return otherBest / ownBest
}

function failure(name: string, error: unknown): Finding {
  return { passed: false, description: name, message: `could not be loaded: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`, speed: null }
}

const [name = '', threads = '1'] = process.argv.slice(2)
const result = await probe(name, Number(threads)).catch((error: unknown) => failure(name, error))
process.send?.(result)
process.disconnect?.()
// A graphics driver's threads may live on.
setTimeout(() => process.exit(0), 1000).unref()
