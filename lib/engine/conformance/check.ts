import type { Engine, Network, Weights } from '../types'
import golden from './golden.json'
import { PROBLEMS, problemLines, problemStarts, problemWeights, type Problem } from './problems'

/** How far an engine may be from Keras: a gradient by its tensor's largest value, a loss and a probability as they are. */
export const LIMITS = { gradient: 1e-4, loss: 1e-4, probability: 1e-4 } as const

export interface ConformanceResult {
  readonly passed: boolean
  /** The gradient that is farthest from Keras's, its error as a share of the tensor's largest value. */
  readonly worst: { readonly tensor: string; readonly error: number }
  /** Largest difference among the losses of six Adam steps. */
  readonly lossError: number
  /** Largest difference of a probability at inference. */
  readonly probabilityError: number
  /** One sentence with these figures, or why the check did not end. */
  readonly message: string
}

interface Answer {
  readonly name: string
  readonly losses: readonly number[]
  readonly probabilities: readonly number[]
  readonly gradients: Readonly<Record<string, readonly number[]>>
}

/** Errors of one problem; NaN counts as endless. */
interface Errors { readonly worst: ConformanceResult['worst']; readonly loss: number; readonly probability: number }

const largest = (values: Iterable<number>): number => {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

function distance(own: ArrayLike<number>, expected: readonly number[]): number {
  if (own.length !== expected.length) return Number.POSITIVE_INFINITY
  let most = 0
  for (const [i, value] of expected.entries()) {
    const difference = Math.abs(value - (own[i] ?? Number.NaN))
    if (!(difference <= most)) most = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
  }
  return most
}

/** Below this share of the network's largest gradient a tensor holds rounding alone, as a bias before a batch norm, whose true gradient is 0. */
const ROUNDING = 1e-5
/** What such a tensor is held against: this share of the network's largest gradient. */
const FLOOR = 0.1

function worstGradient(problem: Problem, own: Weights, expected: Answer['gradients']): ConformanceResult['worst'] {
  const overall = largest(Object.values(expected).flat())
  let worst = { tensor: '', error: 0 }
  for (const [name, values] of Object.entries(expected)) {
    const scale = largest(values) < ROUNDING * overall ? FLOOR * overall : largest(values)
    const error = distance(own.get(name)?.data ?? [], values) / scale
    if (error > worst.error || worst.tensor === '') worst = { tensor: `${problem.name} ${name}`, error }
  }
  return worst
}

async function solve(network: Network, problem: Problem, answer: Answer): Promise<Errors> {
  const starts = problemStarts(problem)
  network.bind(problemLines(problem))
  network.setWeights(problemWeights(problem))
  const probability = distance(await network.predict(starts), answer.probabilities)
  const { loss, gradients } = await network.gradients(starts)
  const worst = worstGradient(problem, gradients, answer.gradients)
  const losses = [loss]
  // Dropout cannot agree with Keras: every library draws its own.
  for (let step = 0; step < answer.losses.length; step++) losses.push((await network.step(starts, problem.learningRate, step)).loss)
  return { worst, probability, loss: distance(losses, [answer.losses[0] ?? Number.NaN, ...answer.losses]) }
}

const withoutDropout = (problem: Problem): Problem['spec'] => ({
  ...problem.spec, layers: problem.spec.layers.map((layer) => (layer.kind === 'dropout' || layer.kind === 'featureDropout' ? { ...layer, rate: 0 } : layer)),
})

async function check(engine: Engine, problem: Problem): Promise<Errors> {
  const answer = (golden.answers as unknown as Answer[]).find(({ name }) => name === problem.name)!
  const options = { threads: 2, batch: problem.windows, seed: 1, ...(problem.clipNorm === undefined ? {} : { clipNorm: problem.clipNorm }) }
  const network = await engine.create(withoutDropout(problem), options)
  try {
    return await solve(network, problem, answer)
  } finally {
    await network.dispose()
  }
}

const short = (value: number): string => (Number.isFinite(value) ? value.toExponential(1) : 'not a number')

function judge(errors: readonly Errors[]): ConformanceResult {
  const worst = errors.map((own) => own.worst).reduce((a, b) => (b.error > a.error ? b : a))
  const [lossError, probabilityError] = [Math.max(...errors.map(({ loss }) => loss)), Math.max(...errors.map(({ probability }) => probability))]
  const passed = worst.error <= LIMITS.gradient && lossError <= LIMITS.loss && probabilityError <= LIMITS.probability
  const figures = `gradients within ${short(worst.error)} of each tensor's largest value (${worst.tensor}), losses of six steps within ${short(lossError)}, probabilities within ${short(probabilityError)}`
  const limits = `allowed are ${short(LIMITS.gradient)}, ${short(LIMITS.loss)} and ${short(LIMITS.probability)}`
  return { passed, worst, lossError, probabilityError, message: passed ? `agrees with Keras: ${figures}` : `does not agree with Keras: ${figures}; ${limits}` }
}

/**
 * Whether an engine computes what Keras does, on two small networks: gradients of every tensor, losses of six Adam steps, inference.
 * Never throws: an engine that fails on the way has not passed, and the message says of what.
 */
export async function checkConformance(engine: Engine): Promise<ConformanceResult> {
  try {
    const errors: Errors[] = []
    for (const problem of PROBLEMS) errors.push(await check(engine, problem))
    return judge(errors)
  } catch (error) {
    const endless = Number.POSITIVE_INFINITY
    const reason = error instanceof Error ? error.message : String(error)
    return { passed: false, worst: { tensor: '', error: endless }, lossError: endless, probabilityError: endless, message: `failed while it was checked: ${reason}` }
  }
}
