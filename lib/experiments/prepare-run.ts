import { AuditweaveError } from '@/lib/audit/errors'
import type { NetworkSpec } from '@/lib/engine/types'
import { keptFeatures, type EncodedDataset } from '@/lib/model/dataset'
import { getPreset, presetNetwork, presetSettings } from '@/lib/model/presets'
import { blockedSplit, foldSplit, leakage, paperSplit, storedSplit, transferSplit, type Split } from '@/lib/model/splits'
import type { TrainingSettings } from '@/lib/model/training-settings'
import { windowStarts, windowStartsIn } from '@/lib/model/windows'
import { encodeTable, encodeTableWith } from './encoded/encode-table'
import { gatherParts, type PartSizes } from './encoded/gather-parts'
import type { LoadedSplit, TrainingLines } from './execute-types'
import { omittedFeatures } from './feature-groups'
import type { RunSpec } from './run-spec'

/** Everything a run needs before its first step. */
export interface PreparedRun {
  readonly dataset: EncodedDataset
  /** What the split's test windows are of: the same, or another data set encoded with what was fitted on the first. */
  readonly scored: EncodedDataset
  /** The requests that the scored lines are of. */
  readonly auditIDs: readonly string[]
  readonly split: Split
  readonly network: NetworkSpec
  readonly settings: TrainingSettings
  readonly testLines: number
  /** Share of test lines that also stand in a training window. */
  readonly leakedTestLines: number
}

/** What a run may need beside its data set. */
export interface PreparedWith {
  /** The data set that a run of the transfer protocol is scored on. */
  readonly other?: TrainingLines | null
  /** What the stored protocol goes by. */
  readonly stored?: LoadedSplit | null
}

/**
 * Splits, fits on the training lines alone, and encodes. The paper's protocol draws its windows from the whole log, so
 * there the fitted lines are the whole log, as published; the blocked protocol fits on the training block. Lines without a label are seen as context and left out of loss and scores.
 * @throws AuditweaveError 'no-lines', 'unlabelled-lines', 'no-scored-data' where the transfer protocol has nothing to score on
 */
export function prepareRun(spec: RunSpec, lines: TrainingLines, { other = null, stored = null }: PreparedWith = {}): PreparedRun {
  checkLabels(lines)
  if (other) checkLabels(other)
  const { table, sizes } = stored ? gatherParts(lines.table, stored.partOf) : { table: lines.table, sizes: null }
  const tested = other?.table ?? table
  const omit = omittedFeatures(spec.omitFeatures)
  const split = sizes ? storedSplitOf(spec, sizes) : splitOf(spec, table.lines, other?.table.lines)
  const preset = getPreset(spec.preset)
  const dataset = encodeTable(table, { fitted: split.fitted, omit, paperIds: preset.paperIds })
  const scored = other ? encodeTableWith(other.table, dataset.inputs, dataset.coder) : dataset
  const network = presetNetwork(spec.preset, { features: keptFeatures(omit).length, classes: dataset.coder.classes, window: spec.window }, spec.network)
  const { epochs, batch, learningRate, stride, phase, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds } = spec
  const settings = presetSettings(spec.preset, spec.seed, { epochs, batch, learningRate, stride, ...(phase ? { phase } : {}), earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds })
  const { testLines, leaked } = leakage(split, table.lines)
  return { dataset, scored, auditIDs: tested.auditIDs, split, network, settings, testLines, leakedTestLines: leaked }
}

/** With a random phase the training windows are those at every line, of which each epoch takes some; the others stay as few as they are. */
export function splitOf(spec: SplitSpec, lines: number, scored?: number): Split {
  if (spec.protocol === 'paper') return splitAsPublished(spec, lines)
  const { window, stride, split, phase, fold } = spec
  const testStride = Math.min(stride, spec.inferStride)
  const blocks = spec.protocol === 'transfer' ? transferSplit(lines, scoredLines(scored), window, { validation: split.validation, stride, testStride })
    : fold ? foldSplit(lines, window, { ...fold, validation: split.validation, stride, testStride })
    : blockedSplit(lines, window, { ...split, stride, testStride })
  return phase === 'random' ? atEveryLine(blocks) : blocks
}

function storedSplitOf({ window, stride, phase, inferStride }: SplitSpec, sizes: PartSizes): Split {
  const parts = storedSplit(sizes, window, { stride, testStride: Math.min(stride, inferStride) })
  return phase === 'random' ? atEveryLine(parts) : parts
}

function atEveryLine(split: Split): Split {
  return { ...split, train: Int32Array.from(split.fitted.flatMap((range) => [...windowStartsIn(range, split.window, 1)])) }
}

type SplitSpec = Pick<RunSpec, 'protocol' | 'window' | 'stride' | 'phase' | 'inferStride' | 'seed' | 'split' | 'fold'>

function splitAsPublished({ window, stride, split, phase, seed }: SplitSpec, lines: number): Split {
  if (phase !== 'random') return paperSplit(windowStarts(lines, window, stride), { ...split, seed, window, lines })
  const dense = paperSplit(windowStarts(lines, window, 1), { ...split, seed, window, lines })
  const thin = (starts: Int32Array): Int32Array => starts.filter((_, i) => i % stride === 0)
  return { ...dense, validation: thin(dense.validation), test: thin(dense.test) }
}

/** Every window that the paper's protocol drew to test on, also those that a random phase leaves out of the scores. */
export function drawnTests(spec: SplitSpec, lines: number): Int32Array {
  const { window, phase, stride, split, seed } = spec
  return paperSplit(windowStarts(lines, window, phase === 'random' ? 1 : stride), { ...split, seed, window, lines }).test
}

function scoredLines(lines: number | undefined): number {
  if (lines !== undefined) return lines
  throw new AuditweaveError('no-scored-data', 'The transfer protocol scores a network on another data set: name it as the run\'s scoredOn.')
}

function checkLabels({ table, source }: TrainingLines): void {
  if (table.lines === 0) throw new AuditweaveError('no-lines', `${source.name} holds no API lines to train on: import a log with requests for API objects.`)
  if (table.labels.length > 0) return
  throw new AuditweaveError('unlabelled-lines', `None of the ${table.lines.toLocaleString('en')} lines of ${source.name} has a label: import the log with its truth, or label it first.`)
}
