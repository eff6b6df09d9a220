'use client'
import { useSyncExternalStore } from 'react'
import { formatAgo } from './duration'
import { formatInstant } from './instant'

const TICK_MS = 20_000
let now = 0

/** One clock for every relative time of the page; it stands still between ticks. */
function subscribe(change: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now()
    change()
  }, TICK_MS)
  return () => clearInterval(timer)
}

function readClock(): number {
  if (Date.now() - now > TICK_MS) now = Date.now()
  return now
}

/** An instant, relative once the page runs (the server's clock is not the reader's), exact on hover. */
export function Ago({ at }: { at: string | number | Date | null | undefined }) {
  const clock = useSyncExternalStore(subscribe, readClock, () => null)
  if (at === null || at === undefined) return <span>–</span>
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={formatInstant(date)} className="whitespace-nowrap">
      {clock === null ? formatInstant(date).slice(0, 16) : formatAgo(date.getTime(), clock)}
    </time>
  )
}
