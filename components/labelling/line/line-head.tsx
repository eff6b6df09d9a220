'use client'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { shortUser } from '@/components/playground/describe-line'
import { cn } from '@/components/ui/cn'
import { lineKind } from '../state/filter'
import { microsAt, textAt } from '../state/log-index'
import type { LabelState } from '../state/model'

/** An event at a glance: what was done to which object, by whom, when, with what outcome. */
export function LineHead({ state }: { state: LabelState }) {
  const { log, cursor } = state
  const verb = textAt(log, log.verb, cursor)
  const code = log.code[cursor] ?? 0
  const object = [textAt(log, log.namespace, cursor), textAt(log, log.name, cursor)].filter(Boolean).join('/')
  const stage = textAt(log, log.stage, cursor)
  return (
    <div className="h-18 shrink-0 overflow-hidden px-4 pt-2.5">
      <h2 className="flex items-center gap-2 text-16">
        <VerbMark verb={verb} className="size-2.5" />
        <span className="truncate">{verb} <LogText text={lineKind(state, cursor)} limit={80} /></span>
        <span className={cn('ml-auto shrink-0 text-13 font-medium', code >= 400 ? 'text-bad' : 'text-dim')}>{code === 0 ? 'no answer' : code >= 400 ? `failed ${code}` : `ok ${code}`}</span>
      </h2>
      <p className="flex gap-4"><span className="min-w-0 flex-1 truncate font-mono text-12"><LogText text={object} limit={200} /></span></p>
      <p className="flex gap-4 text-12 text-dim">
        <span className="min-w-0 truncate" title={textAt(log, log.user, cursor) ?? undefined}>by <b className="font-medium text-ink"><LogText text={shortUser(textAt(log, log.user, cursor))} limit={100} /></b></span>
        <span className="shrink-0 font-mono">{formatClock(microsAt(log, cursor))} UTC</span>
        {stage && stage !== 'ResponseComplete' ? <span className="truncate">{stage}</span> : null}
      </p>
    </div>
  )
}
