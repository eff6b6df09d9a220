import type { Engine } from '@/lib/engine/types'
import { buildModel } from '../../build-model'
import { encodeDataset, type TrainingExamples } from '../../dataset'
import { tinyLog } from '../../fixtures/tiny-log'
import { tinyNetwork } from '../../fixtures/tiny-model'
import type { TrainedModel, WindowsModel } from '../../model-file'
import { isWindowsModel } from '../../model-file'
import { presetSettings } from '../../presets'
import { blockedSplit } from '../../splits'
import { trainNetwork } from '../../train'
import { trainingSettingsSchema } from '../../training-settings'

const LINES = 600
const W = 6

/** A small model that has learnt the tiny log, in which every second line's label is told by the line before it alone. */
export async function taughtModel(engine: Engine): Promise<{ model: WindowsModel; examples: TrainingExamples }> {
  const examples = tinyLog(LINES, 5)
  const shares = { test: 0.2, validation: 0.1 }
  const split = blockedSplit(LINES, W, { ...shares, stride: 3 })
  const dataset = encodeDataset(examples, { fitted: split.fitted, paperIds: false })
  const spec = tinyNetwork({ features: dataset.inputs.length, classes: dataset.coder.classes, window: W })
  const settings = trainingSettingsSchema.parse({ epochs: 40, batch: 16, learningRate: 0.01, stride: 3, earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1, seed: 11 })
  const { weights } = await trainNetwork({ engine, spec, lines: dataset.lines, split, settings })
  const model: TrainedModel = buildModel({
    name: 'taught', preset: 'k8ntext-small', spec, dataset, weights, created: '2024-05-01T00:00:00.000Z',
    inference: { stride: 2, vote: 'weighted', decode: 'valid' }, data: { name: 'tiny log', sha256: '0'.repeat(64), lines: LINES },
    protocol: { name: 'blocked', ...shares }, settings: presetSettings('k8ntext-small', 3), engine: 'none', metrics: {}, notes: 'for tests',
  })
  if (!isWindowsModel(model)) throw new RangeError('buildModel makes models of the windows family')
  return { model, examples }
}
