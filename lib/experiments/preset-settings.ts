import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { getPreset, presetFamily } from '@/lib/model/presets'
import type { RunSpec } from './run-spec'

/** The settings that a preset gives a run before an experiment's scale changes them. */
export function presetRunSettings(preset: string): Partial<RunSpec> {
  if (presetFamily(preset) === 'linked') return linkedRunSettings()
  const { training, split, inference } = getPreset(preset)
  const { batch, epochs, learningRate, stride, phase, earlyStoppingPatience, reducePatience, reduceFactor } = training
  return { batch, epochs, learningRate, stride, ...(phase ? { phase } : {}), earlyStoppingPatience, reducePatience, reduceFactor, split, inferStride: inference.stride, vote: inference.vote }
}

/** Its learning rate falls along a cosine and its chunks begin anywhere: stride and patience have no part in it. */
function linkedRunSettings(): Partial<RunSpec> {
  const { settings: { batch, epochs, learningRate }, split, stride } = LINKED_PRESET
  return { batch, epochs, learningRate, stride: 1, earlyStoppingPatience: epochs, reducePatience: epochs, reduceFactor: 1, split, inferStride: stride, vote: 'weighted' }
}

/** The window that a preset is made for. */
export function presetWindow(preset: string): number {
  return presetFamily(preset) === 'linked' ? LINKED_PRESET.shape.window : getPreset(preset).window
}
