'use client'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount, formatShare, plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { cn } from '@/components/ui/cn'
import type { LogState } from './log-state'
import { ModelPicker } from './model-picker'
import { PhaseBar } from './phase-bar'

type Tab = 'contexts' | 'lines'

interface Props { state: LogState; tab: Tab; model: string; onTab: (tab: Tab) => void; onModel: (model: string) => void; onStop: () => void; onRetry: () => void; onClear: () => void }

/** What was read, what the network says of it, and which way to look at it. */
export function LogBar({ state, tab, model, onTab, onModel, onStop, onRetry, onClear }: Props) {
  const { log, labels } = state
  if (!log || !labels) return null
  const { contexts, counts } = labels
  return (
    <div className="mb-3 space-y-2">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p><b className="font-semibold"><LogText text={state.name} /></b>: {plural(log.events, 'line')} in {plural(contexts.length, 'context')}, {formatCount(counts.roles.background)} background, {formatCount(counts.roles.nonresource)} non-resource</p>
        <span className="flex-1" />
        <ModelPicker choice={model} onChoose={onModel} />
        <Tabs tab={tab} onTab={onTab} />
        <Button onClick={onClear}>Other lines</Button>
      </div>
      {state.labelling === 'running' && state.progress
        ? <PhaseBar progress={state.progress} seconds={state.seconds} stopLabel="Stop" onStop={onStop} />
        : <p className="flex min-h-5 flex-wrap items-center gap-x-3 text-dim" aria-live="polite">{labelText(state)}{state.labelling === 'stopped' || state.labelling === 'failed' ? <button type="button" className="link" onClick={onRetry}>Label again</button> : null}</p>}
      {log.truncated ? <Notice tone="warn">{log.truncated}</Notice> : null}
      {log.rejected.length > 0 ? <Notice tone="warn">{log.rejected.map((reject) => `${plural(reject.count, 'line')}: ${reject.reason}`).join('; ')}. The others are in.</Notice> : null}
    </div>
  )
}

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  return (
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
  )
}

/** "Read 2.1 s, linked 0.4 s, network k8ntext-small 0.9 s, joined 12 ms. ..." */
function labelText(state: LogState): string {
  const { model, log, modelNote } = state
  if (!log) return ''
  const done = `Read in ${formatDuration(log.seconds.reading)}, linked in ${formatDuration(log.seconds.linking)}`
  if (!model) return `${done}. ${modelNote ?? ''}`
  const agree = model.compared > 0 ? ` Links and network agree on ${formatShare(model.agree / model.compared)} of ${plural(model.compared, 'line')}.` : ''
  return `${done}, labelled by ${model.name} in ${formatDuration(model.seconds.network)}, joined in ${formatDuration(model.seconds.joining)}.${agree}`
}
