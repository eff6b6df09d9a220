import { classKey } from '@/lib/model/label-coder'
import type { LinkedAnswer } from '@/lib/model/linked/linked-scores'
import { AnswerCollector } from './answer-collector'
import type { LineAnswers } from './line-answers'

/** What the linked network said of each scored request. */
export function linkedAnswers(scored: readonly LinkedAnswer[]): LineAnswers {
  const answers = new AnswerCollector()
  for (const { auditID, want, got, confidence } of scored) answers.add(auditID, { want: classKey(want), got: classKey(got), confidence })
  return answers.answers()
}
