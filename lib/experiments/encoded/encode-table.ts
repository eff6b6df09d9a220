import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { MISSING_CODE, UNKNOWN_CODE, type Vocabulary } from '@/lib/features/vocabulary'
import { keptFeatures, type EncodedDataset, type EncodeOptions, type InputFeature } from '@/lib/model/dataset'
import { classKey, HEADS, LabelCoder } from '@/lib/model/label-coder'
import type { LineRange } from '@/lib/model/windows'
import { TABLE_COLUMNS, type LineTable } from './line-table'

/**
 * What `encodeDataset` gives for the same lines, number for number, by walking codes instead of texts: vocabularies and
 * label coder are fitted on the fitted lines alone. Lines without a label are masked.
 */
export function encodeTable(table: LineTable, options: Pick<EncodeOptions, 'fitted' | 'omit' | 'paperIds'>): EncodedDataset {
  const names = keptFeatures(options.omit)
  const features = new Float32Array(table.lines * names.length)
  const inputs = names.map((name, feature) => encodeColumn(table, { name, feature, width: names.length, fitted: options.fitted }, features))
  const coder = LabelCoder.fit(fittedLabels(table, options.fitted), { paperIds: options.paperIds ?? true })
  return { lines: { lines: table.lines, features, labels: encodeLabels(table, coder) }, inputs, coder, ...truthOf(table) }
}

interface ColumnPlace { readonly name: string; readonly feature: number; readonly width: number; readonly fitted: LineRange }

/** Numbers a column's values as they first appear on the fitted lines; the others are unknown. */
function encodeColumn({ lines, codes, values }: LineTable, { name, feature, width, fitted }: ColumnPlace, features: Float32Array): InputFeature {
  const column = PAPER_FEATURES.indexOf(name)
  const texts = values[column] ?? []
  const numbers = new Uint32Array(texts.length + 1).fill(UNKNOWN_CODE)
  numbers[0] = MISSING_CODE
  const known: string[] = []
  for (let line = fitted.from; line < Math.min(fitted.to, lines); line++) {
    const code = codes[line * TABLE_COLUMNS + column] as number
    if (numbers[code] !== UNKNOWN_CODE) continue
    known.push(texts[code - 1] as string)
    numbers[code] = known.length + UNKNOWN_CODE
  }
  for (let line = 0; line < lines; line++) features[line * width + feature] = numbers[codes[line * TABLE_COLUMNS + column] as number] as number
  const vocabulary: Vocabulary = Object.freeze({ values: Object.freeze(known) })
  return { name, vocabulary }
}

/** Each label of the fitted lines once, in the order of its first line. */
function fittedLabels({ labelCodes, labels }: LineTable, { from, to }: LineRange): LineTable['labels'] {
  const codes = new Set(labelCodes.subarray(from, to))
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
