'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import type { RulePreview } from '@/lib/labelling/background/preview'
import type { RulesAnswer, RulesTaken } from '@/lib/labelling/background/types'
import { formatCount, plural } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { showFailure, showToast } from '@/components/ui/toast'
import type { LabelStore } from '../sync/label-store'
import { RuleItem } from './rule-item'

interface Props { open: boolean; store: LabelStore; onOpenChange: (open: boolean) => void; onReview: () => void; onLine: (line: number) => void }

/** Named rules that set background and non-API lines apart: what each would take, before it takes it. What they took is automatic, and one undo brings it back. */
export function RulesPanel({ open, store, onOpenChange, onReview, onLine }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Set lines apart by rules" description="Each rule shows what it would take before it takes it. Its labels are marked automatic: look them over in bulk, and take them back with one undo." className="w-[min(56rem,calc(100vw-2rem))]">
      <RulesBody store={store} onDone={() => onOpenChange(false)} onReview={onReview} onLine={(line) => { onOpenChange(false); onLine(line) }} />
    </Dialog>
  )
}

function RulesBody({ store, onDone, onReview, onLine }: { store: LabelStore; onDone: () => void; onReview: () => void; onLine: (line: number) => void }) {
  const base = `/api/datasets/${encodeURIComponent(store.state().log.dataset.id)}/labelling/rules`
  const [answer, setAnswer] = useState<RulesAnswer | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const hear = useEffectEvent((found: RulesAnswer) => {
    setAnswer(found)
    setTicked(new Set(found.rules.filter(({ set, takes }) => set === 'ours' && takes > 0).map(({ id }) => id)))
  })
  useEffect(() => {
    const stop = new AbortController()
    callApi<RulesAnswer>(base, { signal: stop.signal }).then(hear, (error: unknown) => { if (!stop.signal.aborted) showFailure(error) })
    return () => stop.abort()
  }, [base])
  if (answer === null) return <div role="status" aria-label="Asking the rules" className="space-y-3">{Array.from({ length: 8 }, (_, i) => <div key={i} className="skeleton h-8" />)}</div>
  if (answer.state === 'none') return <Notice>The log has not been read for rules yet: that happens together with the suggestions. Come back when they are there.</Notice>
  const chosen = answer.rules.filter(({ id, takes }) => ticked.has(id) && takes > 0)
  const automatic = store.state().labels.reduce((count, label) => count + (label?.standing === 'automatic' ? 1 : 0), 0)
  const take = (): void => {
    setBusy(true)
    callApi<RulesTaken>(base, { method: 'POST', body: { rules: chosen.map(({ id }) => id), id: crypto.randomUUID() } }).then(async ({ taken }) => {
      await store.refresh()
      onDone()
      showToast(`${plural(taken, 'request')} set apart by ${plural(chosen.length, 'rule')}. Ctrl Z takes it back.`, { action: { label: 'Review them', run: onReview } })
    }).catch(showFailure).finally(() => setBusy(false))
  }
  return (
    <>
      <ul className="divide-y divide-line">{inOrder(answer.rules).map((rule) => <RuleItem key={rule.id} rule={rule} store={store} ticked={ticked.has(rule.id)} onTick={() => setTicked((now) => toggled(now, rule.id))} onLine={onLine} />)}</ul>
      <p className="sticky -bottom-4 -mx-4 mt-3 -mb-4 flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-3">
        <Button tone="primary" disabled={chosen.length === 0 || busy} onClick={take}>{chosen.length === 0 ? 'Nothing to take' : `Take up to ${plural(chosen.reduce((sum, { takes }) => sum + takes, 0), 'request')} by ${plural(chosen.length, 'rule')}`}</Button>
        <Button onClick={onReview} disabled={automatic === 0}>Review {formatCount(automatic)} automatic labels</Button>
      </p>
    </>
  )
}

/** Those that would take something first; within these as they are asked. */
function inOrder(rules: readonly RulePreview[]): readonly RulePreview[] {
  return [...rules.filter(({ takes }) => takes > 0), ...rules.filter(({ takes, meets }) => takes === 0 && meets > 0)]
}

function toggled(now: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(now)
  if (!next.delete(id)) next.add(id)
  return next
}
