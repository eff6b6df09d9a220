import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import { LinkedCorpus, type CorpusTables } from '@/lib/model/linked/linked-corpus'
import { linkedManifestSchema } from '@/lib/model/linked/linked-manifest'
import { runLinked, type Holdout, type LinkedRunArguments, type LinkedRunResult } from '@/lib/model/linked/linked-run'
import { LINKED_PRESET, linkedSettingsSchema, linkedShapeSchema, type LinkedSettings } from '@/lib/model/linked/linked-settings'
import { SLOTS } from '@/lib/contexts/candidates'
import type { LinkedModel } from '@/lib/model/model-file'
import type { LinkedShape } from '@/lib/model/linked/linked-network'
import type { LinkedShares } from '@/lib/model/linked/linked-split'
import type { TruthById } from '@/lib/model/linked/linked-target'
import type { HeldOut } from '@/lib/model/protocol'
import type { LoadedSplit } from './execute-types'
import type { LabelledLog } from './labelled-log'
import { sharesOf } from './manifest'
import type { Protocol } from './run-spec'

/** Everything that decides a training of the linked network, besides the data. */
export interface LinkedTrainingSpec {
  readonly protocol: Protocol
  readonly seed: number
  readonly shape?: Partial<LinkedShape>
  readonly settings?: Partial<LinkedSettings>
  readonly split?: LinkedShares
  /** Of the stored protocol. */
  readonly stored?: LoadedSplit | null
  /** Only the first so many requests. */
  readonly lines?: number | null
}

export interface LinkedTrainingHooks extends Pick<LinkedRunArguments, 'threads' | 'signal' | 'onEpoch' | 'onProgress' | 'onPhase' | 'shouldEnd'> {
  onRead?(events: number): void
}

export interface LinkedTraining { readonly model: LinkedModel; readonly result: LinkedRunResult }

export interface LoadedCorpus { readonly corpus: CorpusTables; readonly truth: TruthById; readonly source: LabelledLog['source'] }
/** The same as it was read, so that any tables can be made of it. */
export interface ReadCorpus extends LoadedCorpus { readonly corpus: LinkedCorpus }

/** Reads a log once, in all the forms that training looks at. Throws 'wrong-truth' where log and truth have no request in common. */
export async function loadCorpus(log: LabelledLog, { lines = null }: { lines?: number | null } = {}, hooks: Pick<LinkedTrainingHooks, 'signal' | 'onRead'> = {}): Promise<ReadCorpus> {
  const truth = await log.truth()
  const corpus = new LinkedCorpus()
  let [requests, known] = [0, 0]
  for await (const batch of log.events()) {
    hooks.signal?.throwIfAborted()
    const taken = lines === null ? batch : batch.slice(0, Math.max(0, lines - requests))
    corpus.add(taken)
    requests += taken.length
    for (const event of taken) if (truth.has(event.auditID)) known++
    hooks.onRead?.(requests)
    if (lines !== null && requests >= lines) break
  }
  if (known === 0) throw new AuditweaveError('wrong-truth', `The truth is none of ${log.source.name}: they have no auditID in common.`)
  return { corpus, truth, source: log.source }
}

/**
 * Trains the linked network on a log that was read before and makes a model of it, scored on `other` in the transfer protocol. The same spec, data and
 * engine give the same weights.
 */
export async function trainLinkedModel(loaded: LoadedCorpus, spec: LinkedTrainingSpec, engine: Engine, hooks: LinkedTrainingHooks = {}, other?: LoadedCorpus): Promise<LinkedTraining> {
  const result = await runLinkedOn(loaded, spec, engine, { ...hooks, ...(other ? { other } : {}) })
  const { settings, protocol } = planned(spec)
  const manifest = linkedManifestSchema.parse({
    format: 'auditweave-model', version: 1, family: 'linked', name: `linked-${protocol}-s${spec.seed}`, created: new Date().toISOString(), preset: LINKED_PRESET.name,
    network: result.network, shape: result.shape, features: result.features.map(({ name, vocabulary }) => ({ name, vocabulary: [...vocabulary] })), slots: [...SLOTS], labels: result.coder.data,
    inference: { stride: Math.min(LINKED_PRESET.stride, result.shape.window), confidence: result.confidence },
    data: { ...loaded.source, lines: result.trainLines }, protocol: { name: protocol, ...heldOut(spec), ...(other ? { scoredOn: other.source.name } : {}) }, settings, engine: engine.description, metrics: linkedMetrics(result), notes: '',
  })
  return { model: { manifest, weights: result.weights }, result }
}

/** What is trained and scored, without the model; `holdout` takes contexts out of training and scores them alone. */
export function runLinkedOn({ corpus, truth }: LoadedCorpus, spec: LinkedTrainingSpec, engine: Engine, hooks: LinkedTrainingHooks & Pick<LinkedRunArguments, 'other'> = {}, holdout?: Holdout): Promise<LinkedRunResult> {
  return runLinked({ ...planned(spec), split: spec.split ?? LINKED_PRESET.split, ...(spec.stored ? { partOf: spec.stored.partOf } : {}), stride: LINKED_PRESET.stride, corpus, truth, engine, ...hooks, ...(holdout ? { holdout } : {}) })
}

function heldOut({ split, stored }: LinkedTrainingSpec): Omit<HeldOut, 'name'> {
  return stored ? { ...sharesOf(stored), split: { name: stored.name, version: stored.version } } : (split ?? LINKED_PRESET.split)
}

function planned({ protocol, seed, shape, settings }: LinkedTrainingSpec): Pick<LinkedRunArguments, 'shape' | 'settings' | 'protocol'> {
  return { protocol, shape: linkedShapeSchema.parse({ ...LINKED_PRESET.shape, ...shape }), settings: linkedSettingsSchema.parse({ ...LINKED_PRESET.settings, ...settings, seed }) }
}

/** Figures by name: those of the log as written plainly, those of its other forms with the form before them. */
export function linkedMetrics({ forms, trained }: LinkedRunResult): Record<string, number> {
  const figures: Record<string, number> = {}
  forms.forEach(({ form, scores }, i) => {
    const prefix = i === 0 ? '' : `${form}.`
    Object.assign(figures, {
      [`${prefix}lineAccuracy`]: scores.accuracy, [`${prefix}contextAccuracy`]: scores.contextAccuracy, [`${prefix}lineMacroF1`]: scores.macroF1, [`${prefix}roleAccuracy`]: scores.roleAccuracy,
      [`${prefix}calibrationError`]: scores.calibrationError, [`${prefix}linksAccuracy`]: scores.linksAccuracy, [`${prefix}testLines`]: scores.lines,
    })
  })
  return { ...figures, epochs: trained.epochs.length, trainSeconds: trained.seconds }
}
