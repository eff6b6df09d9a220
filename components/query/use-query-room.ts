'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import type { QueryEditorHandle } from '@/components/query-editor'
import { noteAsked } from './asked-before'
import { keepOrder } from './keep-order'
import type { LogChoice } from './log-choices'
import type { QueryState } from './query-state'
import { useActive } from './use-active'
import { useAnswers, type Answers } from './use-answers'
import { useCatalogue } from './use-catalogue'
import { useDraft } from './use-draft'

export interface AskedRoom {
  readonly log: LogChoice
  readonly reconstructionId: string | null
  readonly state: QueryState
  readonly change: (next: (now: QueryState) => QueryState, push?: boolean) => void
}

/** The query that is written, the one that is asked, its answers, and what can be done with each. */
export function useQueryRoom({ log, reconstructionId, state: { q, of, now }, change }: AskedRoom) {
  const router = useRouter()
  const editor = useRef<QueryEditorHandle>(null)
  const draft = useDraft(q)
  const { answers, ask, more, stop } = useAnswers(noteRun)
  const { catalogue, lookUp } = useCatalogue(log.id, reconstructionId, answers.plan !== null)
  const [active, setActive] = useActive(answers.columns)
  const again = useCallback(() => ask({ dataset: log.id, reconstruction: reconstructionId, text: q, of, now }), [ask, log.id, reconstructionId, q, of, now])
  useEffect(again, [again])
  const run = (text: string): void => {
    draft.set(text)
    if (text === q) again()
    else change((before) => ({ ...before, q: text }), true)
  }
  const fix = (): void => {
    const suggestion = draft.error?.suggestion
    if (suggestion) editor.current?.replace(draft.text.slice(0, suggestion.start) + suggestion.text + draft.text.slice(suggestion.end))
  }
  const format = (): void => draft.format((text) => editor.current?.replace(text))
  const open = (row: number): void => {
    const [context, auditID] = [answers.columns.context[row], answers.columns.auditID[row]]
    if (reconstructionId !== null && context) {
      keepOrder(reconstructionId, answers.columns.context, row)
      router.push(`/contexts/${reconstructionId}/${encodeURIComponent(String(context))}`)
    } else if (auditID) router.push(`/datasets/${log.id}?q=${encodeURIComponent(String(auditID))}`)
  }
  return { editor, draft, answers, more, stop, catalogue, lookUp, active, setActive, run, fix, format, open, focus: (): void => editor.current?.focus(), base: draft.error ? q : draft.text }
}

function noteRun({ question, matched, seconds }: Answers): void {
  if (question && question.cursor === 0 && question.text.trim() !== '') noteAsked({ text: question.text, dataset: question.dataset, matched, seconds, at: Date.now() })
}
