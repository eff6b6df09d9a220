import type { ExperimentSpec } from '../spec/experiment-spec'
import type { RunRecord } from './run-record'

const WORDS: Readonly<Record<string, string>> = {
  paper: 'paper protocol: overlapping windows of the whole log split at random, so that nearly every test line also stands in a training window',
  blocked: 'blocked protocol: contiguous blocks of the log, a window apart, so that no test line was seen in training',
  transfer: 'transfer protocol: trained on the whole of one log, scored on another',
  stored: 'stored split: each request of the data set is in the part that the split dealt it to, and no part is learnt from but the first',
}
const FOLDS = 'each fold is one contiguous block of the log, scored after training on the others, a window apart, so that no test line was seen in training'
const WHOLE = 'nothing is held out: measured on the whole log, without training'
/** Measurements that train after all. */
const MEASURED: Readonly<Record<string, string>> = {
  'active-learning': 'learnt from the labelled requests alone and scored on a random sample of the same log that is never labelled; unlabelled requests are seen, their labels are not',
}

/** How figures were held out, in words; `runs` are those behind them. */
export function protocolText(spec: ExperimentSpec, runs: readonly RunRecord[]): string {
  if (spec.runs.kind === 'measure') return sentence([MEASURED[spec.runs.measurement] ?? WHOLE])
  const met = new Set(runs.map((run) => String(run.axes['protocol'] ?? '')))
  const protocols = runs.length === 0 ? spec.protocols : ([...spec.protocols, 'stored'] as const).filter((protocol) => met.has(protocol))
  const folds = runs.some((run) => run.axes['fold'] !== undefined)
  return sentence(protocols.map((protocol) => (folds && protocol === 'blocked' ? `blocked protocol: ${FOLDS}` : (WORDS[protocol] ?? `${protocol} protocol`))))
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ')
  return text === '' ? '' : `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
}
