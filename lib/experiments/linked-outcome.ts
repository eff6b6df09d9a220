import { classKey } from '@/lib/model/label-coder'
import type { LinkedAnswer } from '@/lib/model/linked/linked-scores'
import type { LinkedRunResult } from '@/lib/model/linked/linked-run'
import { cohensKappa, macroF1, perClass, tupleAccuracy, weightedF1 } from '@/lib/model/metrics/classification'
import { confusionOf, type Confusion } from '@/lib/model/metrics/confusion'
import { PARTS } from '@/lib/model/metrics/parts'
import type { ClassResult, ConfusionCell, RunMetrics } from './run-spec'

export const confusionOfAnswers = (answers: readonly LinkedAnswer[]): Confusion => confusionOf(answers.map(({ want }) => classKey(want)), answers.map(({ got }) => classKey(got)))

interface PartScores { readonly accuracy: readonly number[]; readonly f1: number }

function partScores(answers: readonly LinkedAnswer[]): PartScores {
  const confusions = PARTS.map((part) => {
    const value = (label: LinkedAnswer['want']): string => (label === null ? 'none' : String(part === 'resource' ? `${label.group}/${label.resource}` : label[part]))
    return confusionOf(answers.map(({ want }) => value(want)), answers.map(({ got }) => value(got)))
  })
  return { accuracy: confusions.map(tupleAccuracy), f1: confusions.reduce((sum, confusion) => sum + macroF1(confusion) / PARTS.length, 0) }
}

/** A run's columns for the linked network. It has no votes: what stands for windows is what stands for lines. */
export function linkedRunMetrics({ answers, forms, trained, weights, coder }: LinkedRunResult, leaks: number): RunMetrics {
  const confusion = confusionOfAnswers(answers)
  const parts = partScores(answers)
  const form = (name: string) => forms.find((one) => one.form === name)?.scores
  const [logged, metadata, writes, agents] = ['logged', 'metadata', 'writes', 'agents'].map(form)
  const [accuracy, macro, weighted] = [tupleAccuracy(confusion), macroF1(confusion), weightedF1(confusion)]
  const part = (index: number): number => parts.accuracy[index] ?? 0
  return {
    windowPartsF1: parts.f1, windowMacroF1: macro, windowWeightedF1: weighted, windowAccuracy: accuracy, linePartsF1: parts.f1, lineMacroF1: macro, lineWeightedF1: weighted, lineAccuracy: accuracy,
    lineResourceAccuracy: part(0), lineSubresourceAccuracy: part(1), lineNamespacedAccuracy: part(2), lineSingleAccuracy: part(3), lineVerbAccuracy: part(4), lineKappa: cohensKappa(confusion),
    calibrationError: logged?.calibrationError ?? 0, bestEpoch: trained.epochs.length, epochs: trained.epochs.length,
    parameters: [...weights.values()].reduce((sum, tensor) => sum + tensor.data.length, 0), classes: coder.pairs.length / 2,
    trainWindows: trained.epochs.reduce((sum, epoch) => sum + epoch.windows, 0), validationWindows: 0, testWindows: 0, testLines: answers.length, leakedTestLines: leaks,
    ...(logged ? { contextAccuracy: logged.contextAccuracy, roleAccuracy: logged.roleAccuracy, linksAccuracy: logged.linksAccuracy } : {}),
    ...(metadata ? { metadataAccuracy: metadata.contextAccuracy, metadataMacroF1: metadata.macroF1 } : {}),
    ...(writes ? { writesAccuracy: writes.contextAccuracy } : {}),
    ...(agents ? { agentsAccuracy: agents.contextAccuracy } : {}),
  }
}

/** Scores by class, and the pairs that were confused. */
export function linkedClasses({ answers }: LinkedRunResult): { perClass: ClassResult[]; confusion: ConfusionCell[] } {
  const confusion = confusionOfAnswers(answers)
  const codes = new Map(answers.flatMap(({ want, got }) => [want, got].map((label) => [classKey(label), label?.code ?? null] as const)))
  return { perClass: perClass(confusion).map((score) => ({ ...score, code: codes.get(score.label) ?? null })), confusion: confusion.cells() }
}
