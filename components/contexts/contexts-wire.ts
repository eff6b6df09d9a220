import type { WireColumn, WireTable } from '@/components/columns/wire'
import type { ContextCorrected } from '@/lib/contexts/corrections/types'
import type { ListedContext } from '@/lib/contexts/listed-context'
import type { ActionLabel } from '@/lib/labels/action-label'
import { labelText } from '@/lib/labelling/dataset/label-text'

/** All contexts of a reconstruction as columns, in order of their triggers. */
export interface ContextsWire extends WireTable {
  readonly revision: number
  /** How many there are; more than `ids` where there are too many to show. */
  readonly total: number
}

const MICROS = 1000

/** Contexts as columns that travel: times in milliseconds with their fraction, durations in seconds, words as dictionaries. */
export function wireContexts(rows: readonly ListedContext[], revision: number, total: number): ContextsWire {
  const labels = new Map<string, string>()
  const label = (value: ActionLabel | null): string | null => {
    if (value === null) return null
    const key = `${value.code} ${value.group} ${value.resource} ${value.subresource}`
    const text = labels.get(key) ?? labelText(value)
    labels.set(key, text)
    return text
  }
  const columns: WireColumn[] = [
    numbers(rows, 'time', ({ micros }) => (micros === null ? null : micros / MICROS)),
    words(rows, 'user', ({ user }) => user),
    words(rows, 'verb', ({ verb }) => verb),
    words(rows, 'resource', ({ resource, subresource }) => (resource === null || !subresource ? resource : `${resource}/${subresource}`)),
    words(rows, 'namespace', ({ namespace }) => namespace),
    words(rows, 'name', ({ name }) => name),
    numbers(rows, 'events', ({ events }) => events),
    numbers(rows, 'lines', ({ lines }) => lines),
    numbers(rows, 'duration', ({ firstMicros, lastMicros }) => (firstMicros === null || lastMicros === null ? null : (lastMicros - firstMicros) / 1e6)),
    words(rows, 'label', (row) => label(row.label)),
    numbers(rows, 'confidence', ({ lowest }) => lowest),
    words(rows, 'corrected', ({ corrected }) => (corrected === null ? null : `${SAID[corrected.act]} by ${corrected.by}`)),
    words(rows, 'command', ({ command }) => command),
    words(rows, 'followed', ({ followed }) => followed || null),
  ]
  return { revision, total, ids: rows.map(({ id }) => id), columns }
}

const SAID: Readonly<Record<ContextCorrected['act'], string>> = { move: 'requests moved', split: 'split', merge: 'merged', background: 'requests taken out', confirm: 'confirmed' }

function numbers<T>(rows: readonly T[], key: string, read: (row: T) => number | null): WireColumn {
  return { key, from: 'context', numbers: rows.map(read) }
}

function words<T>(rows: readonly T[], key: string, read: (row: T) => string | null): WireColumn {
  const places = new Map<string, number>()
  const codes = rows.map((row) => {
    const word = read(row)
    if (word === null) return -1
    const place = places.get(word) ?? places.size
    if (place === places.size) places.set(word, place)
    return place
  })
  return { key, from: 'context', words: [...places.keys()], codes }
}
