import type { Engine } from '@/lib/engine/types'
import { macroF1, tupleAccuracy } from '../metrics/classification'
import { Confusion } from '../metrics/confusion'
import { randomWord, shuffled } from '../random'
import type { LineRange } from '../windows'
import { featureGroups, type Explainable } from './explainable'

/** How well lines are labelled: share with the whole label right, macro F1 over whole labels, and how sure the model is on the mean. */
export interface LineScore { readonly accuracy: number; readonly macroF1: number; readonly confidence: number }

/** What is lost when a feature's values are dealt out anew among the lines: mean and standard deviation over the repeats, and each. */
export interface Importance {
  readonly name: string
  readonly kind: 'event' | 'link'
  /** How many features it stands for. */
  readonly features: number
  readonly accuracy: Spread
  readonly macroF1: Spread
  /** Falls before any label changes: it still tells features apart where a model is always right. */
  readonly confidence: Spread
}
export interface Spread { readonly mean: number; readonly deviation: number; readonly values: number[] }

export interface ImportanceReport {
  /** As the model is, on the lines scored. */
  readonly whole: LineScore
  readonly lines: number
  readonly repeats: number
  readonly seed: number
  /** Greatest loss of accuracy first. */
  readonly features: Importance[]
  readonly groups: Importance[]
}

export interface ImportanceOptions {
  /** Lines to score: such as the model was not trained on. */
  readonly range: LineRange
  readonly seed: number
  readonly repeats?: number
  readonly threads?: number
  readonly signal?: AbortSignal
  onProgress?(done: number, total: number): void
}

/**
 * Permutation importance (Breiman 2001): a feature's column, or the columns of a group together, is shuffled among the lines
 * scored, and what accuracy and macro F1 lose by it is its importance. A feature that has one value on all lines is not
 * tried: shuffling it changes nothing.
 */
export async function permutationImportance(explainable: Explainable, engine: Engine, options: ImportanceOptions): Promise<ImportanceReport> {
  const { range, seed, repeats = 3 } = options
  const subjects = subjectsOf(explainable, range)
  const matrix = explainable.matrix.slice()
  const whole = await scoreLines(explainable, engine, matrix, options)
  const total = subjects.filter((subject) => subject.varies).length * repeats
  let done = 0
  const found: Subject[] = []
  for (const subject of subjects) {
    const losses: LineScore[] = []
    for (let repeat = 0; repeat < repeats; repeat++) {
      if (!subject.varies) { losses.push({ accuracy: 0, macroF1: 0, confidence: 0 }); continue }
      permute(explainable, matrix, subject, options, repeat)
      const score = await scoreLines(explainable, engine, matrix, options)
      losses.push({ accuracy: whole.accuracy - score.accuracy, macroF1: whole.macroF1 - score.macroF1, confidence: whole.confidence - score.confidence })
      options.onProgress?.(++done, total)
    }
    restore(explainable, matrix, subject, range)
    found.push({ ...subject, losses })
  }
  const list = (groups: boolean): Importance[] => found.filter((subject) => subject.grouped === groups).map(importanceOf).sort((a, b) => b.accuracy.mean - a.accuracy.mean || b.macroF1.mean - a.macroF1.mean || b.confidence.mean - a.confidence.mean)
  return { whole, lines: explainable.truth.slice(range.from, range.to).filter((truth) => truth !== null).length, repeats, seed, features: list(false), groups: list(true) }
}

interface Subject {
  readonly name: string
  readonly kind: 'event' | 'link'
  readonly places: readonly number[]
  readonly grouped: boolean
  readonly varies: boolean
  readonly losses: readonly LineScore[]
}

function subjectsOf(explainable: Explainable, range: LineRange): Subject[] {
  const single = explainable.features.map(({ name, kind }, place) => ({ name, kind, places: [place], grouped: false }))
  const grouped = featureGroups(explainable.features).map(({ name, kind, places }) => ({ name, kind, places, grouped: true }))
  return [...single, ...grouped].map((subject) => ({ ...subject, varies: subject.places.some((place) => hasTwoValues(explainable, place, range)), losses: [] }))
}

function hasTwoValues({ spec, matrix }: Explainable, place: number, { from, to }: LineRange): boolean {
  const first = matrix[from * spec.features + place]
  for (let line = from + 1; line < to; line++) if (matrix[line * spec.features + place] !== first) return true
  return false
}

/** Deals the subject's columns out anew among the lines of the range, all by one order. */
function permute({ spec: { features }, matrix }: Explainable, into: Float32Array | Uint16Array, { places }: Subject, { range: { from, to }, seed }: ImportanceOptions, repeat: number): void {
  const key = randomWord(seed, 'shuffle', places[0] ?? 0, places.length)
  const order = shuffled(Int32Array.from({ length: to - from }, (_, i) => from + i), key, 'shuffle', repeat)
  order.forEach((line, i) => { for (const place of places) into[(from + i) * features + place] = matrix[line * features + place] ?? 0 })
}

function restore({ spec: { features }, matrix }: Explainable, into: Float32Array | Uint16Array, { places }: Subject, { from, to }: LineRange): void {
  for (let line = from; line < to; line++) for (const place of places) into[line * features + place] = matrix[line * features + place] ?? 0
}

async function scoreLines(explainable: Explainable, engine: Engine, matrix: Float32Array | Uint16Array, { range, threads, signal }: ImportanceOptions): Promise<LineScore> {
  signal?.throwIfAborted()
  const answers = await explainable.label(engine, matrix, range, { ...(threads ? { threads } : {}), ...(signal ? { signal } : {}) })
  const confusion = new Confusion()
  let sure = 0
  answers.forEach((answer, i) => {
    const truth = explainable.truth[range.from + i]
    if (truth == null || answer === null) return
    confusion.add(truth, answer.key)
    sure += answer.confidence
  })
  return { accuracy: tupleAccuracy(confusion), macroF1: macroF1(confusion), confidence: sure / Math.max(1, confusion.total) }
}

function importanceOf({ name, kind, places, losses }: Subject): Importance {
  return { name, kind, features: places.length, accuracy: spreadOf(losses.map((loss) => loss.accuracy)), macroF1: spreadOf(losses.map((loss) => loss.macroF1)), confidence: spreadOf(losses.map((loss) => loss.confidence)) }
}

/** Mean and sample deviation; one value deviates by 0. */
function spreadOf(values: number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.length < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, deviation: Math.sqrt(variance), values }
}
