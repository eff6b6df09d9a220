import { calibration } from '../metrics/calibration'
import { macroF1 } from '../metrics/classification'
import { Confusion } from '../metrics/confusion'
import { labelKey } from '@/lib/labels/label-key'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LinkedPrediction } from './linked-decode'
import { wantedLabel, type TruthById } from './linked-target'
import type { TrainingTable } from './training-table'

/** Figures over some lines of a table; shares between 0 and 1. */
export interface LinkedScores {
  readonly lines: number
  /** Lines that belong to a context. */
  readonly contextLines: number
  /** Whole labels right over all lines: of background, their own action. */
  readonly accuracy: number
  /** The same over the lines of contexts, and its macro F1 over the labels there. */
  readonly contextAccuracy: number
  readonly macroF1: number
  /** Trigger, consequence or background told right. */
  readonly roleAccuracy: number
  /** Expected calibration error of the confidences over all lines. */
  readonly calibrationError: number
  /** What links alone give the lines of contexts. */
  readonly linksAccuracy: number
  readonly linksCoverage: number
}

/** One line that counts: what was right, what the network and the links said. */
export interface LinkedAnswer {
  readonly auditID: string
  readonly want: ActionLabel | null
  readonly got: ActionLabel | null
  readonly confidence: number
  readonly inContext: boolean
  readonly roleRight: boolean
  readonly linked: boolean
  readonly linkedRight: boolean
}

const keyOf = (label: ActionLabel | null): string => (label === null ? 'none' : labelKey(label))

/** Sets predictions of the lines from `from` on beside the truth; `counts` says which of them count. */
export function answersOf(table: TrainingTable, truth: TruthById, from: number, predictions: readonly LinkedPrediction[], counts: (line: number) => boolean = () => true): LinkedAnswer[] {
  return predictions.flatMap((prediction, i): LinkedAnswer[] => {
    const line = from + i
    const index = table.eventOf[line] ?? -1
    const facts = table.events[index]
    const known = facts && truth.get(facts.auditID)
    if (!facts || !known || known.role === 'nonresource' || !counts(line)) return []
    const want = wantedLabel(table, line, truth)
    const role = facts.external ? 'trigger' : prediction.follows >= 0.5 ? 'consequence' : 'background'
    const trigger = table.linked.contextOf[index] ?? -1
    return [{
      auditID: facts.auditID, want, got: prediction.label, confidence: prediction.confidence, inContext: known.label !== null, roleRight: role === known.role,
      linked: trigger >= 0, linkedRight: trigger >= 0 && keyOf(table.events[trigger]?.label ?? null) === keyOf(want),
    }]
  })
}

/** Figures over answers. */
export function scoreAnswers(answers: readonly LinkedAnswer[]): LinkedScores {
  const inContexts = answers.filter((answer) => answer.inContext)
  const right = (answer: LinkedAnswer): boolean => keyOf(answer.want) === keyOf(answer.got)
  const share = (of: readonly LinkedAnswer[], counts: (answer: LinkedAnswer) => boolean): number => (of.length === 0 ? 0 : of.filter(counts).length / of.length)
  const confusion = new Confusion()
  for (const { want, got } of inContexts) confusion.add(keyOf(want), keyOf(got))
  return {
    lines: answers.length, contextLines: inContexts.length, accuracy: share(answers, right), contextAccuracy: share(inContexts, right), macroF1: macroF1(confusion),
    roleAccuracy: share(answers, (answer) => answer.roleRight), calibrationError: calibration(answers.map((answer) => answer.confidence), answers.map(right), 15).error,
    linksAccuracy: share(inContexts, (answer) => answer.linkedRight), linksCoverage: share(inContexts, (answer) => answer.linked),
  }
}

/** Scores predictions of the lines from `from` on against the truth. */
export function scoreLinked(...args: Parameters<typeof answersOf>): LinkedScores {
  return scoreAnswers(answersOf(...args))
}
