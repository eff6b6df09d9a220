import { uniformSource } from '../random'
import type { Engine, NetworkSpec } from '../types'

/** The paper's network at its usual window, which engines are compared on. */
const SPEC: NetworkSpec = {
  features: 39, window: 60, heads: 5, classes: 59, loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'bilstm', units: 156 }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { kind: 'bilstm', units: 117 }, { kind: 'dropout', rate: 0.4 },
    { kind: 'dense', units: 295, activation: 'linear' }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  ],
}
const LINES = 256

export interface StepTimer {
  /** Milliseconds of one training step. */
  step(): Promise<number>
  /** Milliseconds of one batch's inference. */
  predict(): Promise<number>
  dispose(): Promise<void>
}

/** Compilers make code faster while it runs for the first time. */
const WARM_UP = 3

/** A network on random lines, warmed up, whose steps can be timed in turns with another engine's. */
export async function createStepTimer(engine: Engine, options: { readonly threads: number; readonly batch: number }): Promise<StepTimer> {
  const network = await engine.create(SPEC, { ...options, seed: 1 })
  network.bind(randomLines())
  const starts = Int32Array.from({ length: options.batch }, (_, i) => (i * 7) % (LINES - SPEC.window))
  const timer = {
    step: () => timed(() => network.step(starts, 1e-3, 1)),
    predict: () => timed(() => network.predict(starts)),
    dispose: () => network.dispose(),
  }
  for (let i = 0; i < WARM_UP; i++) await timer.step()
  return timer
}

function randomLines() {
  const uniform = uniformSource(1)
  return {
    lines: LINES,
    features: Float32Array.from({ length: LINES * SPEC.features }, uniform),
    labels: Int32Array.from({ length: LINES * SPEC.heads }, () => Math.floor(uniform() * SPEC.classes)),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
