'use client'
import { useCallback, useRef } from 'react'
import type { ReviewAnswer, ReviewItem } from '@/lib/labelling/agreement/answers'
import type { BatchAnswer, LabelsAnswer } from '@/lib/labelling/types'
import { ApiError, callApi } from '@/components/live/call-api'
import { showFailure, showToast } from '@/components/ui/toast'
import type { Answer } from '../use-answer'
import { adjudication, decisionText, withLabels, type Decision } from './review-state'

interface Decisions {
  readonly decide: (item: ReviewItem, decision: Decision) => void
  /** Takes the newest decision back, also one from before a reload; tells which request it was about. */
  readonly undo: (then: (auditID: string | null) => void) => void
}

/** Writes decisions one after the other, so that an undo never overtakes what it undoes. */
export function useDecisions(dataset: string, answer: Answer<ReviewAnswer>): Decisions {
  const line = useRef<Promise<void>>(Promise.resolve())
  const { change, refresh } = answer
  const queue = useCallback((work: () => Promise<void>): void => {
    line.current = line.current.then(work).catch((error: unknown) => {
      showFailure(error)
      if (error instanceof ApiError && error.code.startsWith('stale-')) refresh()
    })
  }, [refresh])
  const path = `/api/datasets/${dataset}/labelling`
  const decide = useCallback((item: ReviewItem, decision: Decision) => queue(async () => {
    const { labels } = await callApi<BatchAnswer>(`${path}/batches`, { method: 'POST', body: adjudication(item, decision, crypto.randomUUID()) })
    change((now) => withLabels(now, labels))
    showToast(`Decided: ${decisionText(decision)}.`)
  }), [queue, path, change])
  const undo = useCallback((then: (auditID: string | null) => void) => queue(async () => {
    const { undo: stack } = await callApi<LabelsAnswer>(`${path}/labels?since=${Number.MAX_SAFE_INTEGER}`)
    const [top] = stack
    if (top?.kind !== 'adjudicate') {
      showToast(top ? `Your newest act is no decision: ${top.title}. Undo it on the labelling page.` : 'There is nothing to undo.')
      return
    }
    const { labels } = await callApi<BatchAnswer>(`${path}/undo`, { method: 'POST', body: { batch: top.id, id: crypto.randomUUID() } })
    change((now) => withLabels(now, labels))
    then(labels[0]?.auditID ?? null)
    showToast(`Taken back: ${top.title}.`)
  }), [queue, path, change])
  return { decide, undo }
}
