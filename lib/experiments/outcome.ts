import type { Evaluation } from '@/lib/model/evaluate'
import type { TrainingResult } from '@/lib/model/train'
import type { PreparedRun } from './prepare-run'
import type { ClassResult, RunMetrics } from './run-spec'

/** Flattens an evaluation into the run's columns. */
export function runMetrics(prepared: PreparedRun, trained: TrainingResult, { windows, lines, calibration }: Evaluation): RunMetrics {
  const part = (index: number): number => lines.parts[index] ?? 0
  return {
    windowPartsF1: windows.partsF1,
    windowMacroF1: windows.macroF1,
    windowWeightedF1: windows.weightedF1,
    windowAccuracy: windows.tupleAccuracy,
    linePartsF1: lines.partsF1,
    lineMacroF1: lines.macroF1,
    lineWeightedF1: lines.weightedF1,
    lineAccuracy: lines.tupleAccuracy,
    lineResourceAccuracy: part(0),
    lineSubresourceAccuracy: part(1),
    lineNamespacedAccuracy: part(2),
    lineSingleAccuracy: part(3),
    lineVerbAccuracy: part(4),
    lineKappa: lines.kappa,
    calibrationError: calibration.error,
    bestEpoch: trained.best?.epoch ?? 0,
    epochs: trained.epochs.length,
    parameters: trained.parameters,
    classes: prepared.dataset.coder.classes,
    trainWindows: prepared.split.train.length,
    validationWindows: prepared.split.validation.length,
    testWindows: prepared.split.test.length,
    testLines: prepared.testLines,
    leakedTestLines: prepared.leakedTestLines,
    validationAccuracy: trained.epochs.reduce((best, epoch) => Math.max(best, epoch.validationAccuracy), 0),
  }
}

/** Scores by class after the vote, each with its integer where it is a label. */
export function toClassResults({ perClass }: Evaluation): ClassResult[] {
  return perClass.map(({ action, ...score }) => ({ ...score, code: action?.code ?? null }))
}
