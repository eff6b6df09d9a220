import { SLOTS } from '@/lib/contexts/candidates'
import type { ActionLabel } from '@/lib/labels/action-label'
import { classKey } from '../label-coder'
import { LinkedCoder } from '../linked/linked-coder'
import { decodeLinked } from '../linked/linked-decode'
import { inferLinked, type LinkedParts } from '../linked/linked-infer'
import { candidateLabel, type LinkedTable } from '../linked/linked-lines'
import { ALIKE, ELSEWHERE, OWN, slotClass, SOURCES } from '../linked/linked-target'
import { encodeColumns, MISSING, UNKNOWN, type LinkedFeature } from '../linked/linked-vocabulary'
import type { LinkedModel } from '../model-file'
import type { Answer, AnswerPart, Explainable, ExplainedFeature, Verdicts } from './explainable'
import { LABEL_VERDICT, OWN_VERDICT, SLOT_VERDICT } from './verdicts'

/** A model of the linked family over a table of lines, with their true labels where they are known. */
export function explainLinked(model: LinkedModel, table: LinkedTable, labels: readonly (ActionLabel | null)[] = []): Explainable {
  const { manifest, weights } = model
  const lines = table.eventOf.length
  const spec = { ...manifest.network, window: Math.min(manifest.network.window, lines) }
  const parts: LinkedParts = { network: manifest.network, weights, coder: LinkedCoder.from(manifest.labels), stride: manifest.inference.stride }
  const reader = new LinkedReader(parts, table)
  return {
    name: manifest.name,
    family: 'linked',
    spec,
    weights,
    features: manifest.features.map(explained),
    codes: { missing: MISSING, unknown: UNKNOWN },
    lines,
    matrix: encodeColumns(table.columns, manifest.features),
    truth: Array.from({ length: lines }, (_, line) => { const label = labels[line] ?? null; return label === null ? null : classKey(label) }),
    answer: (probabilities, offset, line) => reader.answer(probabilities, offset, line),
    probability: (answer, probabilities, offset, line) => reader.probability(answer, probabilities, offset, line),
    verdicts: reader,
    async label(engine, matrix, range, options) {
      const codes = matrix instanceof Uint16Array ? matrix : Uint16Array.from(matrix)
      return (await inferLinked(engine, parts, table, codes, { ...options, range })).map(({ label, confidence }) => label && { key: classKey(label), confidence })
    },
  }
}

/** Reads heads and verdicts as the labels that they come to for a line. */
class LinkedReader implements Verdicts {
  constructor(readonly model: LinkedParts, readonly table: LinkedTable) {}

  answer(probabilities: Float32Array, offset: number, line: number): Answer {
    const { label } = decodeLinked(this.model.coder, probabilities, offset, this.#own(line), this.#candidates(line))
    if (label === null) return { label, key: 'unknown', parts: [] }
    const key = classKey(label)
    const parts = this.#sources(line, key).map((source): AnswerPart => ({ head: 0, class: source, weight: 1 }))
    const spoken = this.#spoken(label, probabilities, offset)
    // What the network says in its own words counts by how sure of them it is.
    if (spoken > 0) parts.push({ head: 0, class: ELSEWHERE, weight: spoken })
    return { label, key, parts }
  }

  probability({ label, key }: Answer, probabilities: Float32Array, offset: number, line: number): number {
    const at = (index: number): number => probabilities[offset + index] ?? 0
    const pointed = this.#sources(line, key).reduce((sum, source) => sum + at(source), 0)
    return Math.min(1, pointed + (label ? at(ELSEWHERE) * this.#spoken(label, probabilities, offset) : 0))
  }

  /** The label's own words: the line's own action, the first candidate that did the same, or the label itself. */
  of(line: number, key: string): string {
    if (keyOf(this.#own(line)) === key) return OWN_VERDICT
    const [slot] = this.#slots(line, key)
    return slot === undefined ? `${LABEL_VERDICT}${key}` : `${SLOT_VERDICT}${SLOTS[slot]}`
  }

  key(line: number, verdict: string): string | null {
    if (verdict === OWN_VERDICT) return keyOf(this.#own(line))
    if (verdict.startsWith(SLOT_VERDICT)) return keyOf(candidateLabel(this.table, line, SLOTS.findIndex((slot) => verdict === `${SLOT_VERDICT}${slot}`)))
    return verdict.slice(LABEL_VERDICT.length)
  }

  /** Classes of the first head that come to a label, in the order of the head. */
  #sources(line: number, key: string): number[] {
    const own = keyOf(this.#own(line)) === key ? [OWN, ALIKE] : []
    return [...own, ...this.#slots(line, key).map(slotClass)]
  }

  /** Slots whose trigger did what the label says. */
  #slots(line: number, key: string): number[] {
    return SLOTS.flatMap((_, slot) => (keyOf(candidateLabel(this.table, line, slot)) === key ? [slot] : []))
  }

  #spoken(label: ActionLabel, probabilities: Float32Array, offset: number): number {
    const { coder } = this.model
    const [resource, action] = coder.encode(label)
    if (resource < 0 || action < 0) return 0
    return (probabilities[offset + SOURCES + resource] ?? 0) * (probabilities[offset + SOURCES + coder.resources + action] ?? 0)
  }

  #own(line: number): ActionLabel | null {
    return this.table.events[this.table.eventOf[line] ?? -1]?.label ?? null
  }

  #candidates(line: number): (ActionLabel | null)[] {
    return SLOTS.map((_, slot) => candidateLabel(this.table, line, slot))
  }
}

const keyOf = (label: ActionLabel | null): string | null => label && classKey(label)

function explained({ name, vocabulary }: LinkedFeature): ExplainedFeature {
  const text = (code: number): string | null => (code === MISSING ? null : code === UNKNOWN ? 'unknown' : (vocabulary[code - 2] ?? 'unknown'))
  const kind = name.startsWith('link.') ? 'link' : 'event'
  return { name, group: groupOf(name), kind, text, ...(isGap(name) ? { ordinal: gaps(text) } : {}) }
}

/** All parts of a slot are one group; other features go by what stands before their first dot. */
function groupOf(name: string): string {
  const [first = name, second = ''] = name.split('.')
  return first === 'link' ? `link.${second}` : first
}

const isGap = (name: string): boolean => name.startsWith('gap.') || name.endsWith('.gap')

/** Times between events stand in steps of which each is twice the one before (see `gapBucket`); none at all comes last. */
function gaps(text: (code: number) => string | null): NonNullable<ExplainedFeature['ordinal']> {
  const none = 100
  return {
    rank: (code) => { const step = Number(text(code) ?? '-'); return Number.isInteger(step) ? step : none },
    text: (rank) => (rank >= none ? 'any time' : durationText(2 ** (rank + 1) - 1)),
  }
}

function durationText(millis: number): string {
  if (millis < 1000) return `${millis} ms`
  return millis < 120_000 ? `${Math.round(millis / 1000)} s` : `${Math.round(millis / 60_000)} min`
}
