'use client'
import { RefreshCw } from 'lucide-react'
import type { SuggestionColumns } from '@/lib/labelling/types'
import { Ago } from '@/components/format/ago'
import { formatShare } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { Tip } from '@/components/ui/tip'
import type { SuggestionsState } from '../sync/use-suggestions'

/** Where suggestions come from, and how far new ones are. */
export function SuggestionsMark({ suggestions, columns }: { suggestions: SuggestionsState; columns: SuggestionColumns | null }) {
  const { answer, start } = suggestions
  const running = answer?.state === 'running'
  const share = answer?.progress && answer.progress.total > 0 ? answer.progress.done / answer.progress.total : null
  return (
    <span className="flex min-w-0 items-center gap-2 text-12 text-dim" role="status" aria-label="Suggestions">
      {running ? <span className="flex items-center gap-2"><span className="whitespace-nowrap">Making suggestions{answer?.progress ? `: ${answer.progress.phase} ${share === null ? '' : formatShare(share)}` : ''}</span><Meter share={share} label="Suggestions" className="w-24" /></span>
        : answer?.state === 'failed' ? <span className="truncate text-bad" title={answer.error?.message}>Suggestions failed: {answer.error?.message}</span>
          : columns ? <span className="truncate">suggested by {columns.source.method}{columns.source.model ? ` · ${columns.source.model}` : ''} <Ago at={columns.source.at} /></span> : 'Reading suggestions…'}
      {running || answer === null ? null : <Tip label="Make suggestions anew"><Button size="icon" tone="quiet" className="size-6" aria-label="Make suggestions anew" onClick={() => start()}><RefreshCw className="!size-3.5" /></Button></Tip>}
    </span>
  )
}
