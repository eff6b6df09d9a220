import type { LinePrediction } from '@/lib/model/infer'
import { AnswerCollector } from './answer-collector'
import type { LineAnswers } from './line-answers'
import type { PreparedRun } from './prepare-run'

/** What a network over windows said of each scored request; of one with several lines, what it said of the last. Requests without truth are left out. */
export function windowsAnswers({ scored: { truth, coder }, auditIDs }: Pick<PreparedRun, 'scored' | 'auditIDs'>, predictions: readonly (LinePrediction | null)[]): LineAnswers {
  const answers = new AnswerCollector()
  predictions.forEach((prediction, line) => {
    const want = truth[line]
    if (prediction && want != null) answers.add(auditIDs[line] ?? `line-${line}`, { want, got: coder.key(prediction.tuple), confidence: prediction.confidence })
  })
  return answers.answers()
}
