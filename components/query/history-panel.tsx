'use client'
import { Ago } from '@/components/format/ago'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { forgetAsked, restoreAsked, useAskedBefore } from './asked-before'
import type { LogChoice } from './log-choices'

type Done = (text: string, undo: () => void) => void

/** What was asked in this browser, the newest first. */
export function HistoryPanel({ logs, onAsk, done }: { logs: readonly LogChoice[]; onAsk: (text: string) => void; done: Done }) {
  const entries = useAskedBefore()
  if (entries.length === 0) return <p className="text-dim">Nothing yet. What is run from here on stands here, in this browser alone.</p>
  const forget = (): void => {
    const before = forgetAsked()
    done('What was asked is forgotten.', () => restoreAsked(before))
  }
  return (
    <>
      <ul className="space-y-1">
        {entries.map((entry) => (
          <li key={`${entry.at} ${entry.text}`}>
            <button type="button" className="w-full rounded-md border border-line px-2 py-1.5 text-left hover:bg-hover" onClick={() => onAsk(entry.text)}>
              <code className="line-clamp-3 font-mono text-12 break-words"><LogText text={entry.text} limit={400} /></code>
              <span className="mt-0.5 block text-12 text-dim">{formatCount(entry.matched)} in {formatDuration(entry.seconds)} · <LogText text={logs.find(({ id }) => id === entry.dataset)?.name ?? 'a data set that is gone'} limit={40} /> · <Ago at={entry.at} /></span>
            </button>
          </li>
        ))}
      </ul>
      <Button size="sm" tone="quiet" className="mt-2" onClick={forget}>Forget all</Button>
    </>
  )
}
