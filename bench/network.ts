import type { LineMatrix, Network, NetworkSpec } from '@/lib/engine/types'
import { headSizes } from '@/lib/engine/spec'
import { bestBuild } from '@/lib/engine/wasm/assets.node.ts'
import type { Build } from '@/lib/engine/wasm/assets.node.ts'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { linkedNetwork } from '@/lib/model/linked/linked-network'

/** Whole networks: training steps and inference, on random lines, builds and threads in turns. */
const ROUNDS = 7
const LINES = 8_000

const k8ntext: NetworkSpec = {
  features: 39, window: 60, heads: 5, classes: 59, loss: { kind: 'focal', gamma: 2, alpha: 0.25 },
  layers: [
    { kind: 'bilstm', units: 156 }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { kind: 'dropout', rate: 0.2 },
    { kind: 'bilstm', units: 117 }, { kind: 'dense', units: 295, activation: 'linear' }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  ],
}
const sizes = Array.from({ length: 80 }, (_, i) => [4, 20, 60, 12, 200][i % 5] ?? 1)
const linked = linkedNetwork({ window: 128, dimension: 8, units: 64, featureDropout: 0.15, dropout: 0.3 }, sizes, { resources: 250, actions: 60 })

interface Variant { readonly build: Build; readonly threads: number }

interface Runner {
  readonly variant: Variant
  readonly network: Network
  readonly train: number[]
  readonly infer: number[]
}

function randomLines(spec: NetworkSpec): LineMatrix {
  const [first] = spec.layers
  const size = LINES * spec.features
  const classes = headSizes(spec)
  const draw = (limit: number, i: number): number => Math.floor(((Math.sin(i * 12.9898) + 1) / 2) * limit) % limit
  return {
    lines: LINES,
    features: first?.kind === 'embedding'
      ? Uint16Array.from({ length: size }, (_, i) => draw(first.sizes[i % spec.features] ?? 1, i))
      : Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    labels: Int32Array.from({ length: LINES * spec.heads }, (_, i) => draw(classes[i % spec.heads] ?? 1, i)),
  }
}

async function createRunner(spec: NetworkSpec, batch: number, variant: Variant): Promise<Runner> {
  const engine = await loadWasmEngine({ build: variant.build, threads: variant.threads })
  const network = await engine.create(spec, { threads: variant.threads, batch, seed: 1 })
  network.bind(randomLines(spec))
  return { variant, network, train: [], infer: [] }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The reference's times by another's, round by round, so that a busy machine slows both alike. */
const ratio = (reference: readonly number[], other: readonly number[]): string => median(reference.map((time, i) => time / (other[i] ?? Number.NaN))).toFixed(2)

async function bench(name: string, spec: NetworkSpec, batch: number, variants: readonly Variant[]): Promise<void> {
  const runners = await Promise.all(variants.map((variant) => createRunner(spec, batch, variant)))
  const starts = Int32Array.from({ length: batch }, (_, i) => (i * 97) % (LINES - spec.window))
  for (let round = -1; round < ROUNDS; round++) {
    for (const { network, train, infer } of runners) {
      const [step, predict] = [await timed(() => network.step(starts, 1e-4, round)), await timed(() => network.predict(starts))]
      if (round < 0) continue
      train.push(step)
      infer.push(predict)
    }
  }
  const steps = batch * spec.window
  const [reference] = runners
  console.log(`\n${name}, batch ${batch} x ${spec.window} lines`)
  for (const { variant, network, train, infer } of runners) {
    const figures = `train ${(steps / median(train)).toFixed(1).padStart(5)} k lines/s  ${ratio(reference?.train ?? [], train)} x   infer ${((median(infer) * 1000) / steps).toFixed(1).padStart(5)} us/line  ${ratio(reference?.infer ?? [], infer)} x`
    console.log(`  ${variant.build.padEnd(4)} ${variant.threads} ${variant.threads === 1 ? 'thread ' : 'threads'}  ${figures}`)
    await network.dispose()
  }
}

const best = bestBuild()
const variants: Variant[] = [{ build: best, threads: 1 }, { build: best, threads: 2 }, ...(best === 'fma' ? [{ build: 'simd' as const, threads: 2 }] : [])]
console.log('x = times the first variant, the median of rounds in turns.')
await bench('linked', linked, 16, variants)
await bench('k8ntext', k8ntext, 32, variants)
