import type { Engine } from '@/lib/engine/types'
import { breather } from '../breather'
import { outputsOf, partSum, unlabelled, type Answer, type Explainable } from './explainable'

/** Codes of a window's lines that are set to something else at once. */
export interface Occlusion {
  /** Places among the window's codes, `step * features + feature`, each with its new code. */
  readonly changes: readonly { readonly at: number; readonly code: number }[]
}

/** What is left of an answer when something is taken away: its probability, and the weighted sum of its parts. */
export interface Left { readonly probability: number; readonly sum: number }

/** A window of a log that is looked at: its first line, and the place in it of the line to explain. */
export interface ExplainedWindow { readonly start: number; readonly step: number }

export interface OcclusionResult {
  readonly answer: Answer
  readonly whole: Left
  /** One for each occlusion, in their order. */
  readonly left: readonly Left[]
}

const BATCH = 32

/** The window in which a line stands nearest the middle, where the vote weighs it most. */
export function windowAbout(explainable: Pick<Explainable, 'spec' | 'lines'>, line: number): ExplainedWindow {
  const { window } = explainable.spec
  const start = Math.max(0, Math.min(line - Math.floor(window / 2), explainable.lines - window))
  return { start, step: line - start }
}

/**
 * What the network makes of a window as it is and after each occlusion. All variants are laid behind one another as further
 * windows and go through `Network.predict` in batches.
 */
export async function occlude(explainable: Explainable, engine: Engine, { start, step }: ExplainedWindow, occlusions: readonly Occlusion[], options: { threads?: number; signal?: AbortSignal; onProgress?(done: number, total: number): void } = {}): Promise<OcclusionResult> {
  const { spec } = explainable
  const lines = variantsOf(explainable, start, occlusions)
  const line = start + step
  const network = await engine.create(spec, { threads: options.threads ?? 1, batch: BATCH, seed: 0, inferenceOnly: true })
  const pause = breather()
  const left: Left[] = []
  let answer: Answer | null = null
  try {
    network.bind(unlabelled(spec, lines.length / spec.features, lines))
    network.setWeights(explainable.weights)
    const stride = spec.window * outputsOf(spec)
    for (let from = 0; from <= occlusions.length; from += BATCH) {
      await pause()
      options.signal?.throwIfAborted()
      const count = Math.min(BATCH, occlusions.length + 1 - from)
      const probabilities = await network.predict(Int32Array.from({ length: count }, (_, i) => (from + i) * spec.window))
      for (let i = 0; i < count; i++) {
        const offset = i * stride + step * outputsOf(spec)
        answer ??= explainable.answer(probabilities, offset, line)
        left.push({ probability: explainable.probability(answer, probabilities, offset, line), sum: partSum(spec, answer, probabilities, offset) })
      }
      options.onProgress?.(from + count, occlusions.length + 1)
    }
  } finally {
    await network.dispose()
  }
  const [whole, ...rest] = left
  if (!answer || !whole) throw new RangeError('no window was predicted')
  return { answer, whole, left: rest }
}

/** The window's codes as they are, then once for each occlusion. */
function variantsOf({ spec, matrix }: Explainable, start: number, occlusions: readonly Occlusion[]): Float32Array | Uint16Array {
  const size = spec.window * spec.features
  const whole = matrix.subarray(start * spec.features, start * spec.features + size)
  const lines = matrix instanceof Float32Array ? new Float32Array(size * (occlusions.length + 1)) : new Uint16Array(size * (occlusions.length + 1))
  lines.set(whole)
  occlusions.forEach(({ changes }, i) => {
    lines.set(whole, (i + 1) * size)
    for (const { at, code } of changes) lines[(i + 1) * size + at] = code
  })
  return lines
}
