import { formatDuration } from '@/components/format/duration'
import { formatCount, formatScore, formatShare } from '@/components/format/number'

export interface Measure {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly format: (value: number) => string
  /** Which way is better; null where neither is. */
  readonly better: 'more' | 'less' | null
  readonly from: 'metrics' | 'timings'
}

const seconds = (value: number): string => formatDuration(value)
const millis = (value: number): string => `${value.toFixed(3)} ms`
const score = (value: number): string => formatScore(value)

/** Every figure of a finished run, by its name in the stored metrics and timings, in reading order. */
export const MEASURES: readonly Measure[] = [
  { id: 'windowPartsF1', label: 'F1, window positions', hint: 'Macro F1 over the values of the five label parts, every position of every test window: what the paper reports', format: score, better: 'more', from: 'metrics' },
  { id: 'linePartsF1', label: 'F1, lines', hint: 'Macro F1 over the values of the five label parts, each test line once, after the vote', format: score, better: 'more', from: 'metrics' },
  { id: 'lineMacroF1', label: 'Macro F1, whole labels', hint: 'Every distinct label weighs the same', format: score, better: 'more', from: 'metrics' },
  { id: 'lineWeightedF1', label: 'Weighted F1, whole labels', hint: 'Labels weigh by their lines', format: score, better: 'more', from: 'metrics' },
  { id: 'lineAccuracy', label: 'Tuple accuracy', hint: 'Share of test lines with all five parts right', format: score, better: 'more', from: 'metrics' },
  { id: 'windowMacroF1', label: 'Macro F1, whole labels, window positions', hint: 'Every distinct label weighs the same, every window position counted', format: score, better: 'more', from: 'metrics' },
  { id: 'windowWeightedF1', label: 'Weighted F1, whole labels, window positions', hint: 'Labels weigh by their lines, every window position counted', format: score, better: 'more', from: 'metrics' },
  { id: 'windowAccuracy', label: 'Tuple accuracy, window positions', hint: 'Share of window positions with all five parts right', format: score, better: 'more', from: 'metrics' },
  { id: 'lineResourceAccuracy', label: 'Resource accuracy', hint: 'Share of lines with the right resource', format: score, better: 'more', from: 'metrics' },
  { id: 'lineSubresourceAccuracy', label: 'Sub-resource accuracy', hint: 'Share of lines with the right sub-resource', format: score, better: 'more', from: 'metrics' },
  { id: 'lineVerbAccuracy', label: 'Verb accuracy', hint: 'Share of lines with the right verb class', format: score, better: 'more', from: 'metrics' },
  { id: 'lineNamespacedAccuracy', label: 'Namespaced accuracy', hint: 'Share of lines with the right scope', format: score, better: 'more', from: 'metrics' },
  { id: 'lineSingleAccuracy', label: 'Single accuracy', hint: 'Share of lines told rightly as about one object or many', format: score, better: 'more', from: 'metrics' },
  { id: 'lineKappa', label: 'Cohen’s kappa', hint: 'Agreement with the truth beyond chance', format: score, better: 'more', from: 'metrics' },
  { id: 'calibrationError', label: 'Calibration error', hint: 'Mean distance between confidence and accuracy', format: score, better: 'less', from: 'metrics' },
  { id: 'leakedTestLines', label: 'Leaked test lines', hint: 'Share of test lines that also stand in a training window', format: formatShare, better: 'less', from: 'metrics' },
  { id: 'bestEpoch', label: 'Best epoch', hint: 'The epoch whose weights were kept', format: formatCount, better: null, from: 'metrics' },
  { id: 'epochs', label: 'Epochs', hint: 'Epochs trained', format: formatCount, better: null, from: 'metrics' },
  { id: 'parameters', label: 'Parameters', hint: 'Trainable weights of the network', format: formatCount, better: null, from: 'metrics' },
  { id: 'classes', label: 'Classes', hint: 'Distinct part values the network can tell apart', format: formatCount, better: null, from: 'metrics' },
  { id: 'trainWindows', label: 'Training windows', hint: 'Windows trained on', format: formatCount, better: null, from: 'metrics' },
  { id: 'validationWindows', label: 'Validation windows', hint: 'Windows that early stopping looks at', format: formatCount, better: null, from: 'metrics' },
  { id: 'testWindows', label: 'Test windows', hint: 'Windows scored', format: formatCount, better: null, from: 'metrics' },
  { id: 'testLines', label: 'Test lines', hint: 'Lines scored', format: formatCount, better: null, from: 'metrics' },
  { id: 'loadSeconds', label: 'Loading', hint: 'Reading the lines from the database', format: seconds, better: 'less', from: 'timings' },
  { id: 'preprocessSeconds', label: 'Preprocessing', hint: 'Features and vocabularies', format: seconds, better: 'less', from: 'timings' },
  { id: 'trainSeconds', label: 'Training', hint: 'Wall time of all epochs', format: seconds, better: 'less', from: 'timings' },
  { id: 'inferSeconds', label: 'Inference', hint: 'Labelling the test lines', format: seconds, better: 'less', from: 'timings' },
  { id: 'inferMillisPerLine', label: 'Inference per line', hint: 'Model, decoding and vote, divided by lines', format: millis, better: 'less', from: 'timings' },
  { id: 'totalSeconds', label: 'Total', hint: 'From start to saved model', format: seconds, better: 'less', from: 'timings' },
  { id: 'cpuSeconds', label: 'CPU time', hint: 'Over all threads', format: seconds, better: 'less', from: 'timings' },
  { id: 'peakMemoryBytes', label: 'Peak memory', hint: 'Largest resident set', format: (bytes) => `${formatCount(bytes / 1e6)} MB`, better: 'less', from: 'timings' },
]

export function measure(id: string): Measure | undefined {
  return MEASURES.find((one) => one.id === id)
}

/** "paper" and "blocked" as they are said in title lines. */
export function protocolText(protocol: string): string {
  if (protocol === 'paper') return 'paper protocol: overlapping windows split at random'
  if (protocol === 'blocked') return 'blocked protocol: contiguous blocks, a window apart'
  return `${protocol} protocol`
}
