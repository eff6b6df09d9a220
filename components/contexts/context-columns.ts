import type { ColumnFacts, ColumnTable, NumberColumn, WordColumn } from '@/components/columns/column'
import { fromWire } from '@/components/columns/wire'
import { formatDuration } from '@/components/format/duration'
import { formatClock } from '@/components/format/instant'
import { formatCount } from '@/components/format/number'
import { visibleText } from '@/components/format/visible'
import type { ContextsWire } from './contexts-wire'

const plain = (title: string, hint: string, short = title): ColumnFacts => ({ title, short, hint, better: null, format: formatCount })

const FACTS: Readonly<Record<string, ColumnFacts>> = {
  time: { ...plain('Time', 'When the trigger was received, in the log’s own zone'), format: (value) => `${new Date(value).toISOString().slice(5, 10)} ${formatClock(value * 1000).slice(0, 12)}` },
  sentence: plain('What happened', 'Who did what, and what followed; sorts by what followed'),
  user: plain('User', 'Who sent the trigger'),
  verb: plain('Verb', 'What the trigger did'),
  resource: plain('Resource', 'What it was done to'),
  namespace: plain('Namespace', 'Where'),
  name: plain('Name', 'Of the object'),
  events: plain('Events', 'Requests of the context, the trigger among them'),
  lines: plain('Lines', 'Lines of the log: each stage of a request is one'),
  duration: { ...plain('Duration', 'From its first to its last request'), format: formatDuration },
  label: plain('Label', 'The user’s action that every line of it bears'),
  confidence: { ...plain('Confidence', 'The lowest of its lines: how sure it is that this line belongs here', 'Conf.'), format: (value) => value.toFixed(2) },
  corrected: plain('Corrected', 'Changed or confirmed by hand, and by whom'),
  command: plain('Command', 'One invocation of a client (kubectl apply of a list, a Helm install) that made several contexts'),
  followed: plain('Followed', 'What followed the trigger, counted'),
  hour: plain('Hour', 'The hour of the trigger'),
}

export function columnFacts(key: string): ColumnFacts {
  return FACTS[key] ?? plain(key, '')
}

/** Those that the list shows from the left, unless the address says otherwise. */
export const DEFAULT_COLUMNS = ['time', 'sentence', 'user', 'verb', 'resource', 'namespace', 'name', 'events', 'duration', 'label', 'confidence', 'corrected', 'command']
/** What contexts can be grouped by. */
export const GROUPS = ['user', 'verb', 'resource', 'namespace', 'name', 'label', 'command', 'hour', 'corrected'] as const

/** The columns of a list as they came, with those that are made of them. */
export function openContexts(wire: ContextsWire): ColumnTable {
  const table = fromWire(wire, columnFacts)
  const [time, followed] = [table.columns.get('time'), table.columns.get('followed')]
  const made: (NumberColumn | WordColumn)[] = []
  if (time?.kind === 'number') made.push(hours(time.values))
  if (followed?.kind === 'word') made.push({ ...followed, key: 'sentence', ...columnFacts('sentence') })
  const visible = [...table.columns.values()].map((column) => (column.kind === 'word' ? { ...column, words: column.words.map((word) => visibleText(word, 512)) } : column))
  return { ids: table.ids, columns: new Map([...visible, ...made].map((column) => [column.key, column])) }
}

const HOUR_MS = 3_600_000

function hours(times: Float64Array): WordColumn {
  const places = new Map<number, number>()
  const codes = Int32Array.from(times, (time) => {
    if (Number.isNaN(time)) return -1
    const hour = Math.floor(time / HOUR_MS)
    const place = places.get(hour) ?? places.size
    places.set(hour, place)
    return place
  })
  return { key: 'hour', from: 'context', kind: 'word', ...columnFacts('hour'), codes, words: [...places.keys()].map((hour) => `${new Date(hour * HOUR_MS).toISOString().slice(0, 13).replace('T', ' ')}:00`) }
}
