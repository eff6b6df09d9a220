import { AuditweaveError } from '@/lib/audit/errors'
import type { NetworkSpec } from '@/lib/engine/types'
import { encodeDataset, keptFeatures, type EncodedDataset } from '@/lib/model/dataset'
import { getPreset, presetNetwork, presetSettings } from '@/lib/model/presets'
import { blockedSplit, leakage, paperSplit, type Split } from '@/lib/model/splits'
import type { TrainingSettings } from '@/lib/model/training-settings'
import { windowStarts } from '@/lib/model/windows'
import type { TrainingLines } from './execute-types'
import type { RunSpec } from './run-spec'

/** Everything a run needs before its first step. */
export interface PreparedRun {
  readonly dataset: EncodedDataset
  readonly split: Split
  readonly network: NetworkSpec
  readonly settings: TrainingSettings
  readonly testLines: number
  /** Share of test lines that also stand in a training window. */
  readonly leakedTestLines: number
}

/**
 * Splits, fits on the training lines alone, and encodes. The paper's protocol draws its windows from the whole log, so
 * there the fitted lines are the whole log, as published; the blocked protocol fits on the training block.
 * Lines without a label are seen as context and left out of loss and scores.
 * @throws AuditweaveError 'no-lines', 'unlabelled-lines'
 */
export function prepareRun(spec: RunSpec, lines: TrainingLines): PreparedRun {
  checkLabels(lines)
  const split = splitOf(spec, lines.rows.length)
  const preset = getPreset(spec.preset)
  const dataset = encodeDataset(lines, { fitted: split.fitted, omit: spec.omitFeatures, paperIds: preset.paperIds })
  const network = presetNetwork(spec.preset, { features: keptFeatures(spec.omitFeatures).length, classes: dataset.coder.classes, window: spec.window })
  const { epochs, batch, learningRate, stride, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds } = spec
  const settings = presetSettings(spec.preset, spec.seed, { epochs, batch, learningRate, stride, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds })
  const { testLines, leaked } = leakage(split, lines.rows.length)
  return { dataset, split, network, settings, testLines, leakedTestLines: leaked }
}

function splitOf(spec: RunSpec, lines: number): Split {
  const { window, stride, seed, split } = spec
  if (spec.protocol === 'blocked') return blockedSplit(lines, window, { ...split, stride, testStride: Math.min(stride, spec.inferStride) })
  return paperSplit(windowStarts(lines, window, stride), { ...split, seed, window, lines })
}

function checkLabels(lines: TrainingLines): void {
  if (lines.rows.length === 0) throw new AuditweaveError('no-lines', `${lines.source.name} holds no API lines to train on: import a log with requests for API objects.`)
  if (lines.labels.some((label) => label !== null)) return
  throw new AuditweaveError('unlabelled-lines', `None of the ${lines.labels.length.toLocaleString('en')} lines of ${lines.source.name} has a label: import the log with its truth, or label it first.`)
}
