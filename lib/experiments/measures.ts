import { measurementMeasures } from './measures-of-measurements'
import { SCORES } from './measures-of-scores'

/** A figure that runs yield: how it is named, read and written, everywhere. */
export interface Measure {
  /** Its name in metrics, timings and points. */
  readonly key: string
  readonly title: string
  /** For a column's head. */
  readonly short: string
  /** Of the stored number, e.g. "s"; null for shares, scores and counts. */
  readonly unit: string | null
  /** After the point. */
  readonly digits: number
  /** Which way is better; null where neither is. */
  readonly better: 'more' | 'less' | null
  /** Values it can take at most, for axes; null where there is no bound. */
  readonly domain: readonly [number, number] | null
  /** One sentence: what is counted, over what. */
  readonly hint: string
  readonly from: 'metrics' | 'timings' | 'points'
}

type Row = readonly [key: string, title: string, short: string, hint: string]

const SHARE = { unit: null, digits: 4, domain: [0, 1] as const }
const COUNT = { unit: null, digits: 0, domain: null }

const searched: readonly Measure[] = ([
  ['validationAccuracy', 'Validation accuracy', 'Validation', 'Over label parts, the best of the epochs: what a search goes by'],
] as const satisfies readonly Row[]).map((row) => of(row, { ...SHARE, better: 'more', from: 'metrics' }))

const sizes: readonly Measure[] = ([
  ['bestEpoch', 'Best epoch', 'Best epoch', 'The epoch whose weights were kept'],
  ['epochs', 'Epochs', 'Epochs', 'Epochs trained'],
  ['parameters', 'Parameters', 'Parameters', 'Trainable weights of the network'],
  ['classes', 'Classes', 'Classes', 'Distinct part values that the network can tell apart'],
  ['trainWindows', 'Training windows', 'Train', 'Windows trained on'],
  ['validationWindows', 'Validation windows', 'Validate', 'Windows that early stopping looks at'],
  ['testWindows', 'Test windows', 'Test', 'Windows scored'],
  ['testLines', 'Test lines', 'Test lines', 'Lines scored'],
] as const satisfies readonly Row[]).map((row) => of(row, { ...COUNT, better: null, from: 'metrics' }))

const seconds: readonly Measure[] = ([
  ['loadSeconds', 'Loading', 'Loading', 'Reading the lines, wall clock'],
  ['preprocessSeconds', 'Preprocessing', 'Preprocessing', 'Features and vocabularies, wall clock'],
  ['trainSeconds', 'Training time', 'Training', 'Wall clock of all epochs'],
  ['inferSeconds', 'Inference time', 'Inference', 'Labelling the test lines, wall clock'],
  ['totalSeconds', 'Total time', 'Total', 'From the start to the saved model, wall clock'],
  ['cpuSeconds', 'Processor time', 'CPU', 'Over all threads'],
] as const satisfies readonly Row[]).map((row) => of(row, { unit: 's', digits: 1, domain: null, better: 'less', from: 'timings' }))

const others: readonly Measure[] = [
  of(['inferMillisPerLine', 'Inference per line', 'ms/line', 'Model, decoding and vote, divided by lines (the paper\'s Table 6)'], { unit: 'ms', digits: 3, domain: null, better: 'less', from: 'timings' }),
  of(['peakMemoryBytes', 'Peak memory', 'Memory', 'Largest resident set'], { unit: 'bytes', digits: 0, domain: null, better: 'less', from: 'timings' }),
]

function of([key, title, short, hint]: Row, rest: Omit<Measure, 'key' | 'title' | 'short' | 'hint'>): Measure {
  return { key, title, short, hint, ...rest }
}

/** Every measure, in reading order: scores, sizes, times, then what measurements alone yield. */
export const MEASURES: readonly Measure[] = [...SCORES, ...searched, ...sizes, ...seconds, ...others, ...measurementMeasures]

const BY_KEY = new Map(MEASURES.map((measure) => [measure.key, measure]))

export function findMeasure(key: string): Measure | undefined {
  return BY_KEY.get(key)
}

/** A measure by its name; one that the catalogue does not know is shown by its bare name. */
export function measureOf(key: string): Measure {
  return BY_KEY.get(key) ?? { key, title: key, short: key, unit: null, digits: 4, better: null, domain: null, hint: '', from: 'points' }
}
