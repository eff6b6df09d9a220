'use client'
import type { QueryError } from '@/lib/query'
import { visibleText } from '@/components/format/visible'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { formatDuration } from '@/components/format/duration'
import { formatCount } from '@/components/format/number'
import type { Answers } from './use-answers'

const PHASES = { read: 'Reading the log', link: 'Linking', found: 'Reading its contexts', columns: 'Reading the bodies for a path that was not asked for before' } as const

/** The line below the editor: what is wrong and what would mend it, how far the reading is, or what was found. */
export function StatusLine({ error, before, answers, stale, onFix }: { error: QueryError | null; before: string; answers: Answers; stale: boolean; onFix: () => void }) {
  return (
    <div className="relative flex h-8 items-center gap-3 overflow-hidden text-12" aria-live="polite">
      {error ? <Wrong error={error} before={before} onFix={onFix} /> : <Told answers={answers} stale={stale} />}
    </div>
  )
}

function Wrong({ error, before, onFix }: { error: QueryError; before: string; onFix: () => void }) {
  const { suggestion, line, column } = error
  return (
    <>
      <span className="min-w-0 truncate text-bad" title={visibleText(error.message, 600)}>Line {line}, column {column}: {visibleText(error.problem, 200)}{error.expected.length > 0 ? `; expected ${visibleText(error.expected.slice(0, 4).join(', '), 200)}` : ''}</span>
      {suggestion ? <Button size="sm" className="h-6 max-w-80" onClick={onFix}><span className="truncate">{before.trim() === '' ? 'Insert' : `Replace ${visibleText(before, 40)} by`} <code className="font-mono">{visibleText(suggestion.text, 60)}</code></span><Kbd>Ctrl .</Kbd></Button> : null}
    </>
  )
}

function Told({ answers, stale }: { answers: Answers; stale: boolean }) {
  const { phase, loading, fault, matched, asked, seconds, plan, count } = answers
  if (phase === 'failed') return <span role="alert" className="truncate text-bad">{visibleText(fault?.split('\n')[0] ?? '')}</span>
  if (loading) {
    const share = loading.total > 0 ? Math.min(1, loading.done / loading.total) : 0
    return (
      <>
        <span className="whitespace-nowrap">{PHASES[loading.phase]}: {formatCount(loading.done)} of {formatCount(loading.total)} lines</span>
        <span role="progressbar" aria-label={PHASES[loading.phase]} aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100} className="h-1.5 w-40 overflow-hidden rounded-full bg-hover"><span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} /></span>
      </>
    )
  }
  if (plan === null) return <span className="text-dim">{phase === 'asking' ? 'Asking…' : ''}</span>
  const of = plan.of === 'contexts' ? 'contexts' : 'lines'
  return (
    <span className={stale ? 'truncate text-dim' : 'truncate'}>
      <b className="font-semibold">{formatCount(matched)}</b> of {formatCount(asked)} {of}{plan.query === '' ? '' : `, found in ${formatDuration(seconds)}`}
      {count < matched ? `; the first ${formatCount(count)} are listed` : ''}{stale ? ' · the query above has changed since; Ctrl ↵ runs it' : ''}
    </span>
  )
}
