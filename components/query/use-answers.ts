'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { QueryPlan } from '@/lib/query'
import { ANSWER_COLUMNS, type AnswerCell, type AnswerColumn, type AnswerFacet, type AnswerHistogram, type QueryMessage } from '@/lib/contexts/query-answers'
import { askLog, type AskedQuestion } from './ask-log'

export type Loading = Extract<QueryMessage, { kind: 'loading' }>

/** What is known of the answers so far; those of the question before stay until the next has its plan. */
export interface Answers {
  readonly question: AskedQuestion | null
  readonly phase: 'idle' | 'asking' | 'streaming' | 'done' | 'failed'
  readonly loading: Loading | null
  readonly plan: QueryPlan | null
  /** Of the query itself, without reading or sending. */
  readonly seconds: number
  readonly asked: number
  readonly matched: number
  readonly histogram: AnswerHistogram | null
  readonly facets: readonly AnswerFacet[]
  /** Grows in place; `count` says how far. */
  readonly columns: Readonly<Record<AnswerColumn, AnswerCell[]>>
  readonly count: number
  readonly next: number | null
  readonly linked: 'stored' | 'now' | null
  readonly fault: string | null
}

const noColumns = (): Record<AnswerColumn, AnswerCell[]> => Object.fromEntries(ANSWER_COLUMNS.map((name) => [name, []])) as unknown as Record<AnswerColumn, AnswerCell[]>
const NOTHING: Answers = { question: null, phase: 'idle', loading: null, plan: null, seconds: 0, asked: 0, matched: 0, histogram: null, facets: [], columns: noColumns(), count: 0, next: null, linked: null, fault: null }

export const PAGE = 10_000

/** Asks a log, one question at a time: a new one ends the one before. */
export function useAnswers(onEnd: (answers: Answers) => void): { readonly answers: Answers; ask(question: Omit<AskedQuestion, 'cursor' | 'limit'>): void; more(): void; stop(): void } {
  const [answers, setAnswers] = useState(NOTHING)
  const latest = useRef(NOTHING)
  const running = useRef<AbortController | null>(null)
  const ended = useRef(onEnd)
  useEffect(() => { ended.current = onEnd })
  useEffect(() => () => running.current?.abort(), [])
  const set = useCallback((next: Answers) => {
    latest.current = next
    setAnswers(next)
  }, [])
  const carryOut = useCallback((question: AskedQuestion) => {
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    set({ ...latest.current, question, phase: 'asking', loading: null, fault: null })
    const hear = (message: QueryMessage): void => {
      if (!abort.signal.aborted) set(heard(latest.current, message))
    }
    askLog(question, hear, abort.signal).then(
      () => { if (!abort.signal.aborted) ended.current(latest.current) },
      (error: unknown) => {
        if (!abort.signal.aborted) set({ ...latest.current, phase: 'failed', loading: null, fault: error instanceof Error ? error.message : 'The query failed. Run it again.' })
      },
    )
  }, [set])
  const ask = useCallback((question: Omit<AskedQuestion, 'cursor' | 'limit'>) => carryOut({ ...question, cursor: 0, limit: PAGE }), [carryOut])
  const more = useCallback(() => {
    const { question, next } = latest.current
    if (question && next !== null) carryOut({ ...question, cursor: next })
  }, [carryOut])
  const stop = useCallback(() => {
    running.current?.abort()
    set({ ...latest.current, phase: 'done', loading: null })
  }, [set])
  return { answers, ask, more, stop }
}

function heard(now: Answers, message: QueryMessage): Answers {
  switch (message.kind) {
    case 'loading':
      return { ...now, loading: message }
    case 'plan': {
      const { plan, seconds, asked, matched } = message
      const fresh = now.question?.cursor === 0
      return { ...now, phase: 'streaming', loading: null, plan, seconds, asked, matched, ...(fresh ? { columns: noColumns(), count: 0 } : {}), next: null }
    }
    case 'histogram':
      return { ...now, histogram: message.histogram }
    case 'facets':
      return { ...now, facets: message.facets }
    case 'answers':
      for (const name of ANSWER_COLUMNS) for (const cell of message.block[name]) now.columns[name].push(cell)
      return { ...now, count: now.columns.micros.length }
    case 'end':
      return { ...now, phase: 'done', next: message.next, linked: message.linked }
    case 'failed':
      return { ...now, phase: 'failed', fault: message.fault.message }
  }
}
