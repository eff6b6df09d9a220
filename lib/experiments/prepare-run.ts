import { AuditweaveError } from '@/lib/audit/errors'
import type { NetworkSpec } from '@/lib/engine/types'
import { keptFeatures, type EncodedDataset } from '@/lib/model/dataset'
import { getPreset, presetNetwork, presetSettings } from '@/lib/model/presets'
import { blockedSplit, leakage, paperSplit, type Split } from '@/lib/model/splits'
import type { TrainingSettings } from '@/lib/model/training-settings'
import { windowStarts, windowStartsIn } from '@/lib/model/windows'
import { encodeTable } from './encoded/encode-table'
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
  const { table } = lines
  const split = splitOf(spec, table.lines)
  const preset = getPreset(spec.preset)
  const dataset = encodeTable(table, { fitted: split.fitted, omit: spec.omitFeatures, paperIds: preset.paperIds })
  const network = presetNetwork(spec.preset, { features: keptFeatures(spec.omitFeatures).length, classes: dataset.coder.classes, window: spec.window }, spec.network)
  const { epochs, batch, learningRate, stride, phase, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds } = spec
  const settings = presetSettings(spec.preset, spec.seed, { epochs, batch, learningRate, stride, ...(phase ? { phase } : {}), earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds })
  const { testLines, leaked } = leakage(split, table.lines)
  return { dataset, split, network, settings, testLines, leakedTestLines: leaked }
}

/** With a random phase the training windows are those at every line, of which each epoch takes some; the others stay as few as they are. */
export function splitOf(spec: SplitSpec, lines: number): Split {
  const { window, stride, seed, split, phase } = spec
  if (spec.protocol === 'blocked') {
    const blocks = blockedSplit(lines, window, { ...split, stride, testStride: Math.min(stride, spec.inferStride) })
    return phase === 'random' ? { ...blocks, train: windowStartsIn(blocks.trainLines, window, 1) } : blocks
  }
  if (phase !== 'random') return paperSplit(windowStarts(lines, window, stride), { ...split, seed, window, lines })
  const dense = paperSplit(windowStarts(lines, window, 1), { ...split, seed, window, lines })
  const thin = (starts: Int32Array): Int32Array => starts.filter((_, i) => i % stride === 0)
  return { ...dense, validation: thin(dense.validation), test: thin(dense.test) }
}

type SplitSpec = Pick<RunSpec, 'protocol' | 'window' | 'stride' | 'phase' | 'inferStride' | 'seed' | 'split'>

function checkLabels({ table, source }: TrainingLines): void {
  if (table.lines === 0) throw new AuditweaveError('no-lines', `${source.name} holds no API lines to train on: import a log with requests for API objects.`)
  if (table.labels.length > 0) return
  throw new AuditweaveError('unlabelled-lines', `None of the ${table.lines.toLocaleString('en')} lines of ${source.name} has a label: import the log with its truth, or label it first.`)
}
