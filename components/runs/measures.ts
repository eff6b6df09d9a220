import { MEASURES as ALL, type Measure as Described } from '@/lib/experiments/measures'
import { formatDuration } from '@/components/format/duration'
import { formatBytes, formatCount, formatScore } from '@/components/format/number'

export interface Measure {
  readonly id: string
  readonly label: string
  /** For a column's head. */
  readonly short: string
  readonly hint: string
  readonly format: (value: number) => string
  /** Which way is better; null where neither is. */
  readonly better: 'more' | 'less' | null
  readonly from: 'metrics' | 'timings' | 'points'
}

/** Every measure of the catalogue, in reading order, with the way pages write it. */
export const ALL_MEASURES: readonly Measure[] = ALL.map((one) => ({ id: one.key, label: one.title, short: one.short, hint: one.hint, format: formatOf(one), better: one.better, from: one.from }))

/** Figures of a finished training, by their names in the stored metrics and timings. */
export const MEASURES: readonly (Measure & { readonly from: 'metrics' | 'timings' })[] = ALL_MEASURES.flatMap((one) => (one.from === 'points' ? [] : [{ ...one, from: one.from }]))

const BY_ID = new Map(ALL_MEASURES.map((one) => [one.id, one]))

export function measure(id: string): Measure | undefined {
  return BY_ID.get(id)
}

function formatOf({ unit, digits }: Described): (value: number) => string {
  if (unit === 's') return formatDuration
  if (unit === 'bytes') return formatBytes
  if (unit !== null) return (value) => `${value.toFixed(digits)} ${unit}`
  if (digits === 0) return formatCount
  return digits === 4 ? formatScore : (value) => value.toFixed(digits)
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  paper: 'paper protocol: overlapping windows split at random',
  blocked: 'blocked protocol: contiguous blocks, a window apart',
  transfer: 'transfer protocol: trained on one data set, scored on another',
  stored: 'stored split: requests in the parts that the split dealt them to',
  whole: 'measured on the whole log; nothing was trained',
}

/** How a run's or model's test lines were held out, with the split's name where one is stored. */
export function heldOutText(protocol: string, split: unknown): string {
  const { name, version } = (typeof split === 'object' && split !== null ? split : {}) as { name?: unknown; version?: unknown }
  return typeof name === 'string' ? `stored split ${name}${typeof version === 'number' ? ` of version ${version}` : ''}: requests in the parts that it dealt them to` : protocolText(protocol)
}

/** Protocols as they are said in title lines. */
export function protocolText(protocol: string): string {
  return (Object.hasOwn(PROTOCOLS, protocol) ? PROTOCOLS[protocol] : undefined) ?? `${protocol} protocol`
}
