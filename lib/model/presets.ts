import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import type { LayerSpec, NetworkSpec } from '@/lib/engine/types'
import { HEADS } from './label-coder'
import { DECODE_MODES } from './label-decode'
import { LINKED_PRESET } from './linked/linked-settings'
import { FOCAL, PRESET_DATA } from './preset-data'
import { trainingSettingsSchema, type TrainingSettings } from './training-settings'
import { VOTES } from './vote'

const layerSchema = z.union([
  /** Units as a multiple of |F|, as the paper gives them, or as a number. */
  z.strictObject({ kind: z.literal('bilstm'), unitsPerFeature: z.number().positive().max(16) }),
  z.strictObject({ kind: z.literal('bilstm'), units: z.int().min(1).max(1024) }),
  z.strictObject({ kind: z.literal('batchNorm'), momentum: z.number().min(0).lt(1), epsilon: z.number().positive() }),
  z.strictObject({ kind: z.literal('dropout'), rate: z.number().min(0).lt(1) }),
  /** A dense layer with one output for each class of each head. */
  z.strictObject({ kind: z.literal('output'), activation: z.enum(['linear', 'relu']) }),
])

const lossSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crossEntropy') }),
  z.strictObject({ kind: z.literal('focal'), gamma: z.number().min(0), alpha: z.number().positive() }),
])

export const presetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string(),
  /** Where its values come from. */
  source: z.string(),
  window: z.int().min(1).max(1024),
  layers: z.array(layerSchema).min(1),
  loss: lossSchema,
  training: trainingSettingsSchema.omit({ seed: true }),
  split: z.strictObject({ test: z.number().positive().lt(1), validation: z.number().positive().lt(1) }),
  inference: z.strictObject({ stride: z.int().min(1), vote: z.enum(VOTES), decode: z.enum(DECODE_MODES) }),
  /** Whether the paper's 59 classes are kept beside those of the training labels. */
  paperIds: z.boolean(),
})
export type Preset = z.infer<typeof presetSchema>

const LOSSES = { crossEntropy: { kind: 'crossEntropy' }, focal: FOCAL } as const

const PRESETS: ReadonlyMap<string, Preset> = new Map(PRESET_DATA.map((data) => [data.name, presetSchema.parse(data)]))

/** Networks over windows of the 39 features, and the one that reads links. */
export type PresetFamily = 'windows' | 'linked'

export function presetNames(): string[] { return [LINKED_PRESET.name, ...PRESETS.keys()] }

/** Throws 'unknown-preset' with the names there are. */
export function presetFamily(name: string): PresetFamily {
  if (name === LINKED_PRESET.name) return 'linked'
  if (PRESETS.has(name)) return 'windows'
  throw new AuditweaveError('unknown-preset', `There is no network preset "${name}": take one of ${presetNames().join(', ')}.`)
}

/** A preset of a network over windows. Throws 'unknown-preset' with the names there are. */
export function getPreset(name: string): Preset {
  const preset = PRESETS.get(name)
  if (!preset) throw new AuditweaveError('unknown-preset', `There is no network preset "${name}" over windows: take one of ${[...PRESETS.keys()].join(', ')}.`)
  return preset
}

/** What a tuner may change of a preset's network; whatever is left out stays. */
export const networkChangesSchema = z.strictObject({
  /** Units of the recurrent layers in turn, as multiples of |F|. */
  unitsPerFeature: z.array(z.number().positive().max(16)).min(1).max(8).optional(),
  /** Of every dropout layer. */
  dropout: z.number().min(0).lt(1).optional(),
  loss: z.enum(['crossEntropy', 'focal']).optional(),
})
export type NetworkChanges = z.infer<typeof networkChangesSchema>

interface NetworkSize { readonly features: number; readonly classes: number; readonly window?: number }

/** The network of a preset for this many features and classes; `window` where it differs from the preset's. */
export function presetNetwork(name: string, size: NetworkSize, changes: NetworkChanges = {}): NetworkSpec {
  const preset = getPreset(name)
  let recurrent = 0
  const layers = preset.layers.map((layer): LayerSpec => {
    if (layer.kind === 'output') return { kind: 'dense', units: HEADS * size.classes, activation: layer.activation }
    if (layer.kind === 'dropout') return { kind: 'dropout', rate: changes.dropout ?? layer.rate }
    if (layer.kind !== 'bilstm') return layer
    const perFeature = changes.unitsPerFeature?.[recurrent++]
    if (perFeature !== undefined) return { kind: 'bilstm', units: Math.round(perFeature * size.features) }
    return { kind: 'bilstm', units: 'units' in layer ? layer.units : Math.round(layer.unitsPerFeature * size.features) }
  })
  return { features: size.features, window: size.window ?? preset.window, layers, heads: HEADS, classes: size.classes, loss: changes.loss ? LOSSES[changes.loss] : preset.loss }
}

/** A preset's training settings with a seed and any changes. */
export function presetSettings(name: string, seed: number, changes: Partial<TrainingSettings> = {}): TrainingSettings {
  return trainingSettingsSchema.parse({ ...getPreset(name).training, seed, ...changes })
}
