import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { MISSING_CODE, UNKNOWN_CODE, type Vocabulary } from '@/lib/features/vocabulary'
import { fittedRanges, keptFeatures, type EncodedDataset, type EncodeOptions, type InputFeature } from '@/lib/model/dataset'
import { classKey, HEADS, LabelCoder } from '@/lib/model/label-coder'
import type { LineRange } from '@/lib/model/windows'
import { TABLE_COLUMNS, type LineTable } from './line-table'

/**
 * What `encodeDataset` gives for the same lines, number for number, by walking codes instead of texts: vocabularies and
 * label coder are fitted on the fitted lines alone. Lines without a label are masked.
 */
export function encodeTable(table: LineTable, options: Pick<EncodeOptions, 'fitted' | 'omit' | 'paperIds'>): EncodedDataset {
  const fitted = fittedRanges(options.fitted)
  const inputs = keptFeatures(options.omit).map((name): InputFeature => ({ name, vocabulary: fitColumn(table, name, fitted) }))
  const coder = LabelCoder.fit(fittedLabels(table, fitted), { paperIds: options.paperIds ?? true })
  return encodeTableWith(table, inputs, coder)
}

/** The same with what was fitted before: on other lines, or on another data set. */
export function encodeTableWith(table: LineTable, inputs: readonly InputFeature[], coder: LabelCoder): EncodedDataset {
  const features = new Float32Array(table.lines * inputs.length)
  inputs.forEach((input, place) => encodeColumn(table, input, { place, width: inputs.length }, features))
  return { lines: { lines: table.lines, features, labels: encodeLabels(table, coder) }, inputs, coder, ...truthOf(table) }
}

/** A column's values as they first appear on the fitted lines. */
function fitColumn({ lines, codes, values }: LineTable, name: string, fitted: readonly LineRange[]): Vocabulary {
  const column = PAPER_FEATURES.indexOf(name)
  const seen = new Set<number>()
  for (const { from, to } of fitted) for (let line = from; line < Math.min(to, lines); line++) seen.add(codes[line * TABLE_COLUMNS + column] as number)
  return Object.freeze({ values: Object.freeze([...seen].flatMap((code) => values[column]?.[code - 1] ?? [])) })
}

interface ColumnPlace { readonly place: number; readonly width: number }

/** Numbers a column's values as the vocabulary has them; the others are unknown. */
function encodeColumn({ lines, codes, values }: LineTable, { name, vocabulary }: InputFeature, { place, width }: ColumnPlace, features: Float32Array): void {
  const column = PAPER_FEATURES.indexOf(name)
  const known = new Map(vocabulary.values.map((value, i) => [value, i + UNKNOWN_CODE + 1]))
  const numbers = Uint32Array.from([MISSING_CODE, ...(values[column] ?? []).map((value) => known.get(value) ?? UNKNOWN_CODE)])
  for (let line = 0; line < lines; line++) features[line * width + place] = numbers[codes[line * TABLE_COLUMNS + column] as number] as number
}

/** Each label of the fitted lines once, in the order of its first line. */
function fittedLabels({ labelCodes, labels }: LineTable, fitted: readonly LineRange[]): LineTable['labels'] {
  const codes = new Set(fitted.flatMap(({ from, to }) => [...labelCodes.subarray(from, to)]))
  return [...codes].flatMap((code) => labels[code] ?? [])
}

function encodeLabels({ lines, labelCodes, labels }: LineTable, coder: LabelCoder): Int32Array {
  const classes = labels.map((label) => coder.encode(label))
  const encoded = new Int32Array(lines * HEADS).fill(-1)
  labelCodes.forEach((code, line) => { if (code >= 0) encoded.set(classes[code] ?? [], line * HEADS) })
  return encoded
}

function truthOf({ labelCodes, labels }: LineTable): Pick<EncodedDataset, 'truth' | 'labels'> {
  const keys = labels.map(classKey)
  return { truth: Array.from(labelCodes, (code) => keys[code] ?? null), labels: Array.from(labelCodes, (code) => labels[code] ?? null) }
}
