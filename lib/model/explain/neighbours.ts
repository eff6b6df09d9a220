import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import { shuffled } from '../random'
import type { LineRange } from '../windows'
import { fromBase64, toBase64 } from './base64'
import type { Explainable } from './explainable'
import { hiddenVectors } from './hidden-space'

/** The optional third file of a model folder. */
export const NEIGHBOURS_FILE = 'neighbours.json'

/** Training lines to show beside an explained one: no names, no auditIDs, only codes, label and place in the data. */
export interface NeighbourSample {
  readonly model: { readonly name: string; readonly created: string }
  readonly data: { readonly name: string; readonly sha256: string }
  readonly features: number
  readonly width: number
  /** Place of each line among the data's API lines, from 0. */
  readonly lines: readonly number[]
  /** Class key of each line's true label. */
  readonly labels: readonly string[]
  /** [lines * features]. */
  readonly codes: Uint16Array
  /** Directions in the network's hidden space [lines * width], a 127th part each. */
  readonly vectors: Int8Array
}

export interface NearLine { readonly line: number; readonly label: string; readonly similarity: number; readonly codes: Uint16Array }

/** Keeps the file of a wide network below half a megabyte. */
const MOST_LINES = 600

/**
 * Chooses up to `limit` training lines, each seen once (equal codes and label count as one), the rare labels as well as the
 * frequent, and lays down where the network's hidden space puts them.
 */
export async function sampleNeighbours(explainable: Explainable, engine: Engine, about: Pick<NeighbourSample, 'model' | 'data'>, options: { range: LineRange; seed: number; limit?: number; threads?: number; signal?: AbortSignal; onProgress?(done: number, total: number): void }): Promise<NeighbourSample> {
  const lines = chooseLines(explainable, options)
  const vectors = await hiddenVectors(explainable, engine, lines, options)
  const { spec: { features }, matrix, truth } = explainable
  const width = vectors[0]?.length ?? 0
  const sample = { ...about, features, width, lines, labels: lines.map((line) => truth[line] ?? ''), codes: new Uint16Array(lines.length * features), vectors: new Int8Array(lines.length * width) }
  lines.forEach((line, i) => {
    sample.codes.set(matrix.subarray(line * features, (line + 1) * features), i * features)
    sample.vectors.set(vectors[i]?.map((value) => Math.round(value * 127)) ?? [], i * width)
  })
  return sample
}

function chooseLines({ spec: { features }, matrix, truth }: Explainable, { range, seed, limit = MOST_LINES }: { range: LineRange; seed: number; limit?: number }): number[] {
  const order = shuffled(Int32Array.from({ length: range.to - range.from }, (_, i) => range.from + i), seed, 'folds', 0)
  const byLabel = new Map<string, Map<string, number>>()
  for (const line of order) {
    const label = truth[line]
    if (label == null) continue
    const known = byLabel.get(label) ?? new Map<string, number>()
    const codes = matrix.subarray(line * features, (line + 1) * features).join(' ')
    if (!known.has(codes)) known.set(codes, line)
    byLabel.set(label, known)
  }
  const queues = [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lines]) => [...lines.values()])
  const chosen: number[] = []
  for (let round = 0; chosen.length < limit && queues.some((queue) => queue.length > round); round++) {
    for (const queue of queues) {
      const line = queue[round]
      if (line !== undefined && chosen.length < limit) chosen.push(line)
    }
  }
  return chosen.sort((a, b) => a - b)
}

/** The sampled lines nearest a hidden vector, by cosine. */
export function nearestLines(sample: NeighbourSample, vector: Float32Array, count = 5): NearLine[] {
  if (vector.length !== sample.width) throw new AuditweaveError('bad-neighbours', `The neighbours are ${sample.width} wide, the network's hidden space ${vector.length}: they are of another model. Make them again with auditweave model importance --save.`)
  const found = sample.lines.map((line, i) => {
    let product = 0
    for (let j = 0; j < sample.width; j++) product += (vector[j] ?? 0) * (sample.vectors[i * sample.width + j] ?? 0)
    return { line, label: sample.labels[i] ?? '', similarity: Math.max(-1, Math.min(1, product / 127)), codes: sample.codes.subarray(i * sample.features, (i + 1) * sample.features) }
  })
  return found.sort((a, b) => b.similarity - a.similarity || a.line - b.line).slice(0, count)
}

const fileSchema = z.strictObject({
  format: z.literal('auditweave-neighbours'),
  version: z.literal(1),
  model: z.strictObject({ name: z.string().max(64), created: z.string().max(40) }),
  data: z.strictObject({ name: z.string(), sha256: z.string() }),
  features: z.int().min(1).max(1024),
  width: z.int().min(1).max(16_384),
  classes: z.array(z.string()).max(4096),
  lines: z.array(z.int().min(0)).max(10_000),
  labels: z.array(z.int().min(0)).max(10_000),
  codes: z.string(),
  vectors: z.string(),
})

export function serialiseNeighbours(sample: NeighbourSample): string {
  const { codes, vectors, labels, ...rest } = sample
  const classes = [...new Set(labels)].sort()
  const bytes = new Uint8Array(codes.length * 2)
  const view = new DataView(bytes.buffer)
  codes.forEach((code, i) => view.setUint16(i * 2, code, true))
  const file: z.infer<typeof fileSchema> = {
    format: 'auditweave-neighbours', version: 1, ...rest, lines: [...rest.lines], classes, labels: labels.map((label) => classes.indexOf(label)),
    codes: toBase64(bytes), vectors: toBase64(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.length)),
  }
  return `${JSON.stringify(file)}\n`
}

/** @throws AuditweaveError 'bad-neighbours' where the text is no whole sample */
export function parseNeighbours(text: string): NeighbourSample {
  try {
    const { format: _format, version: _version, classes, ...file } = fileSchema.parse(JSON.parse(text))
    const [bytes, vectors] = [fromBase64(file.codes), fromBase64(file.vectors)]
    const count = file.lines.length
    if (file.labels.length !== count || bytes.length !== count * file.features * 2 || vectors.length !== count * file.width) throw new RangeError('its parts differ in length')
    const view = new DataView(bytes.buffer)
    const labels = file.labels.map((label) => classes[label])
    if (labels.includes(undefined)) throw new RangeError('a line has a label that is not listed')
    return { ...file, labels: labels.map(String), codes: Uint16Array.from({ length: count * file.features }, (_, i) => view.getUint16(i * 2, true)), vectors: new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length) }
  } catch (cause) {
    const why = cause instanceof z.ZodError ? cause.issues[0]?.message : cause instanceof Error ? cause.message : String(cause)
    throw new AuditweaveError('bad-neighbours', `The model's ${NEIGHBOURS_FILE} is not usable: ${why}. Make it again with auditweave model importance --save.`, { cause })
  }
}
