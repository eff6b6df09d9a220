'use client'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount, formatShare, plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { cn } from '@/components/ui/cn'
import type { LogState } from './use-log'

/** What was read, what the network says of it, and which way to look at it. */
export function LogBar({ state, tab, onTab, onClear }: { state: LogState; tab: 'contexts' | 'lines'; onTab: (tab: 'contexts' | 'lines') => void; onClear: () => void }) {
  const { log } = state
  if (!log) return null
  return (
    <div className="mb-3 space-y-2">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p><b className="font-semibold"><LogText text={state.name} /></b>: {plural(log.events, 'event')} in {plural(log.contexts.length, 'context')}, {formatCount(log.roles.background)} background, {formatCount(log.roles.nonresource)} non-resource <span className="text-dim">read and linked in {formatDuration(log.seconds)}</span></p>
        <span className="flex-1" />
        <div role="tablist" aria-label="View" className="flex rounded-md border border-line p-0.5">
          {(['contexts', 'lines'] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={tab === name}
              onClick={() => onTab(name)}
              className={cn('rounded-sm px-3 py-1 capitalize', tab === name ? 'bg-accent-bg font-medium text-accent' : 'text-dim hover:text-ink')}
            >
              {name}
            </button>
          ))}
        </div>
        <Button onClick={onClear}>Other lines</Button>
      </div>
      <p className="min-h-4 text-12 text-dim" aria-live="polite">{modelText(state)}</p>
      {log.truncated ? <Notice tone="warn">{log.truncated}</Notice> : null}
      {log.rejected.length > 0 ? <Notice tone="warn">{log.rejected.map((reject) => `${plural(reject.count, 'line')}: ${reject.reason}`).join('; ')}. The others are in.</Notice> : null}
    </div>
  )
}

function modelText(state: LogState): string {
  const { model } = state
  if (!model) return state.modelNote ?? ''
  const agree = model.compared > 0 ? `; it agrees with the links on ${formatShare(model.agree / model.compared)} of ${plural(model.compared, 'event')}` : ''
  return `Network ${model.name} labelled ${plural(model.labelled, 'event')} in ${formatDuration(model.seconds)}${agree}.`
}
