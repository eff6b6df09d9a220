import { AuditweaveError } from '@/lib/audit/errors'
import type { LineMatrix } from '@/lib/engine/types'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { encodeRows, fitVocabularies, type Vocabulary } from '@/lib/features/vocabulary'
import type { ActionLabel } from '@/lib/labels/action-label'
import { classKey, HEADS, LabelCoder } from './label-coder'
import type { LineRange } from './windows'

/** Lines to learn from, in log order: the 39 categorical values of each and what the network should answer, null where nobody knows. */
export interface TrainingExamples {
  readonly rows: readonly (readonly (string | null)[])[]
  readonly labels: readonly (ActionLabel | null)[]
}

/** One input of a network: a feature's name and the values it knows. */
export interface InputFeature { readonly name: string; readonly vocabulary: Vocabulary }

/** Lines as an engine takes them, with what is needed to encode further lines alike and to read answers back. */
export interface EncodedDataset {
  readonly lines: LineMatrix
  readonly inputs: readonly InputFeature[]
  readonly coder: LabelCoder
  /** Class key of every line's label, also of labels that the coder has no class for; null where a line is not scored. */
  readonly truth: readonly (string | null)[]
  readonly labels: readonly (ActionLabel | null)[]
}

export interface EncodeOptions {
  /** Lines that vocabularies and coder may see; nothing of the others is fitted on. */
  readonly fitted: LineRange | readonly LineRange[]
  /** Names of the features to leave out. */
  readonly omit?: readonly string[]
  /** Keep the paper's 59 classes beside those of the fitted lines (default true). */
  readonly paperIds?: boolean
  readonly nullLabels?: NullLabels
}

/**
 * What a line without a label means: `mask` leaves it out of loss and scores; `unknown` makes it the all-zero tuple, which
 * the published code trains on and answers with "unknown".
 */
export type NullLabels = 'mask' | 'unknown'

/** The features that are left when some are omitted; throws 'unknown-feature' naming one that does not exist. */
export function keptFeatures(omit: readonly string[] = []): string[] {
  const odd = omit.find((name) => !PAPER_FEATURES.includes(name))
  if (odd !== undefined) throw new AuditweaveError('unknown-feature', `There is no feature "${odd}": take one of ${PAPER_FEATURES.join(', ')}.`)
  const kept = PAPER_FEATURES.filter((name) => !omit.includes(name))
  if (kept.length === 0) throw new AuditweaveError('unknown-feature', 'Every feature is left out: keep at least one.')
  return kept
}

const columnsOf = (names: readonly string[]): number[] => names.map((name) => PAPER_FEATURES.indexOf(name))

function pick(row: readonly (string | null)[], columns: readonly number[]): (string | null)[] {
  return columns.map((column) => row[column] ?? null)
}

/** Lines that are fitted on, as ranges. */
export function fittedRanges(fitted: LineRange | readonly LineRange[]): readonly LineRange[] {
  return 'from' in fitted ? [fitted] : fitted
}

/** Fits vocabularies and a label coder on the fitted lines, then encodes every line with them. */
export function encodeDataset(examples: TrainingExamples, options: EncodeOptions): EncodedDataset {
  if (examples.rows.length !== examples.labels.length) throw new RangeError(`${examples.rows.length} rows against ${examples.labels.length} labels`)
  const fitted = fittedRanges(options.fitted)
  const names = keptFeatures(options.omit)
  const columns = columnsOf(names)
  const vocabularies = fitVocabularies(fitted.flatMap(({ from, to }) => examples.rows.slice(from, to)).map((row) => pick(row, columns)))
  const inputs = names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? { values: [] } }))
  const coder = LabelCoder.fit(fitted.flatMap(({ from, to }) => examples.labels.slice(from, to)), { paperIds: options.paperIds ?? true })
  return encodeWith(examples, inputs, coder, options.nullLabels)
}

/** Encodes lines with what was fitted before, e.g. another capture's lines for a trained model. */
export function encodeWith(examples: TrainingExamples, inputs: readonly InputFeature[], coder: LabelCoder, nullLabels: NullLabels = 'mask'): EncodedDataset {
  const masked = (label: ActionLabel | null): boolean => label === null && nullLabels === 'mask'
  const labels = new Int32Array(examples.labels.length * HEADS).fill(-1)
  examples.labels.forEach((label, line) => { if (!masked(label)) labels.set(coder.encode(label), line * HEADS) })
  return {
    lines: { lines: examples.rows.length, features: encodeInputs(examples.rows, inputs), labels },
    inputs,
    coder,
    truth: examples.labels.map((label) => (masked(label) ? null : classKey(label))),
    labels: examples.labels,
  }
}

/** Feature values [lines * inputs] for rows of the 39 features. */
export function encodeInputs(rows: readonly (readonly (string | null)[])[], inputs: readonly InputFeature[]): Float32Array {
  const columns = columnsOf(inputs.map((input) => input.name))
  return encodeRows(rows.map((row) => pick(row, columns)), inputs.map((input) => input.vocabulary))
}
