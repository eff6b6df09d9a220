'use client'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { shortUser } from '@/components/playground/describe-line'
import { textAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import { bodyOf, objectChanges, type FieldChange } from './object-changes'
import { useEvents } from './use-event'

/** Earlier events on the object that are looked at for a body. */
const BACK = 3

/** What differs between the object as this event leaves it and as the last event before did, where bodies are logged. */
export function ChangesPanel({ state }: { state: LabelState }) {
  const { log, index, cursor } = state
  const before: number[] = []
  for (let line = index.objectBefore[cursor] ?? -1; line >= 0 && before.length < BACK; line = index.objectBefore[line] ?? -1) before.push(line)
  const { events, error } = useEvents(log.dataset.id, [cursor, ...before].map((line) => log.seq[line] ?? 0))
  return (
    <section aria-label="Changes of the object" className="h-28 shrink-0 overflow-y-auto border-t border-line px-4 py-1.5 text-12" tabIndex={0}>
      {error ? <p className="text-bad">{error}</p> : events === null ? <p className="text-dim">Reading the event…</p> : <Changes state={state} lines={before} events={events} />}
    </section>
  )
}

function Changes({ state, lines, events }: { state: LabelState; lines: readonly number[]; events: NonNullable<ReturnType<typeof useEvents>['events']> }) {
  const [event, ...earlier] = events
  const after = event ? bodyOf(event) : null
  const place = earlier.findIndex((one) => bodyOf(one) !== null)
  const base = earlier[place]
  const from = base ? bodyOf(base) : null
  const agent = event?.userAgent ? <p className="truncate text-dim">with <LogText text={event.userAgent} limit={120} />{event.responseStatus?.message ? <>: <LogText text={event.responseStatus.message} limit={160} /></> : null}</p> : null
  if (!event || !after) return <>{agent}<p className="text-dim">{event?.level === 'Metadata' ? 'No body: this event was logged at level Metadata.' : 'No body of one object was logged with this event.'}</p></>
  if (!from) return <>{agent}<p className="text-dim">{lines.length === 0 ? 'The first event on this object in this log.' : 'No earlier event on this object has its body.'}</p></>
  const line = lines[place] as number
  const seconds = ((state.log.at[state.cursor] ?? 0) - (state.log.at[line] ?? 0)) / 1000
  const changes = objectChanges(from, after)
  return (
    <>
      {agent}
      <p className="text-dim">{changes.length === 0 ? 'The same as' : `${changes.length} ${changes.length === 1 ? 'field differs' : 'fields differ'} from`} {formatDuration(seconds)} before ({textAt(state.log, state.log.verb, line)} by <LogText text={shortUser(textAt(state.log, state.log.user, line))} limit={60} />)</p>
      <ul>{changes.map((change) => <ChangeRow key={change.path} change={change} />)}</ul>
    </>
  )
}

function ChangeRow({ change }: { change: FieldChange }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-3">
      <span className="truncate font-mono" title={change.path}><LogText text={change.path} limit={160} /></span>
      <span className="truncate font-mono">
        {change.before === null ? <span className="text-dim">added</span> : <del className="text-bad"><LogText text={change.before} limit={160} /></del>}
        {' → '}
        {change.after === null ? <span className="text-dim">gone</span> : <ins className="text-good no-underline"><LogText text={change.after} limit={160} /></ins>}
      </span>
    </li>
  )
}
