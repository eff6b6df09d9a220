'use client'
import { visibleText } from '@/components/format/visible'
import type { Answers } from './use-answers'

/** Says why there is nothing to list, and what to do. */
export function NoAnswers({ answers, onAll }: { answers: Answers; onAll: () => void }) {
  if (answers.phase === 'failed') return <>{visibleText(answers.fault?.split('\n')[0] ?? '')}</>
  if (answers.plan === null) return <>{answers.loading ? 'The log is read once; after that a query takes a moment.' : ' '}</>
  if (answers.plan.query === '') return <>This log has no context: nobody but the control plane acted in it. Ask for lines instead.</>
  return <>Nothing matches. Take a test away, or <button type="button" className="link" onClick={onAll}>ask for everything</button> and narrow it by what is at the side.</>
}
