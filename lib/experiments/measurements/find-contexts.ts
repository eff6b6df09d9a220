import { AuditweaveError } from '@/lib/audit/errors'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import type { Reconstruction } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import type { TruthById } from '@/lib/model/linked/linked-target'
import { isLinkedModel, type LinkedModel } from '@/lib/model/model-file'
import { ModelLog } from '@/lib/model/model-log'
import type { CONTEXT_METHODS } from '../measure-spec'
import type { MeasurementDeps } from './measurement-deps'

export type ContextMethod = (typeof CONTEXT_METHODS)[number]
/** Labels by auditID. */
export type GivenLabels = ReadonlyMap<string, ActionLabel>

/** The shipped model of the paper's kind: it labels lines for the paper's clusterers where no truth is given to them. */
export const PAPER_MODEL = 'k8ntext-small'

/** A log that keeps what this method needs of it; `labelled` where the paper's clusterers shall get their labels from the paper's model. */
export function logFor(method: ContextMethod, labels: 'true' | 'predicted'): ModelLog {
  const windows = labels === 'predicted' && (method === 'k8ntext' || method === 'k8ntext-2024')
  return new ModelLog({ families: [windows ? 'windows' : 'linked'] })
}

/** The labels that the truth gives; background has none. */
export function trueLabels(truth: TruthById): GivenLabels {
  return new Map([...truth].flatMap(([auditID, { label }]) => (label ? [[auditID, label] as const] : [])))
}

/** The labels that the paper's model gives, background included. */
export async function predictedLabels(log: ModelLog, deps: MeasurementDeps): Promise<GivenLabels> {
  const { engine } = await deps.loadEngine()
  const { suggestions } = await log.label(await deps.loadModel(PAPER_MODEL), engine, { threads: deps.threads, signal: deps.signal })
  return new Map([...suggestions].flatMap(([auditID, { prediction }]) => (prediction.label ? [[auditID, prediction.label] as const] : [])))
}

/** Contexts by one method, the way `auditweave reconstruct` finds them. Only the paper's clusterers ask for labels. */
export async function findContexts(method: ContextMethod, log: ModelLog, labels: () => GivenLabels | Promise<GivenLabels>, deps: MeasurementDeps): Promise<Reconstruction> {
  if (method === 'links') return log.link()
  if (method === 'linked') {
    const { engine } = await deps.loadEngine()
    return (await log.label(await defaultModel(deps), engine, { threads: deps.threads, signal: deps.signal })).reconstruction
  }
  const given = await labels()
  return reconstructByLabels(log.facts, log.facts.map(({ auditID }) => given.get(auditID) ?? null), method)
}

/** The default model. Throws AuditweaveError 'bad-model' where it is none that reads links. */
export async function defaultModel(deps: MeasurementDeps): Promise<LinkedModel> {
  const model = await deps.loadModel(DEFAULT_MODEL)
  if (isLinkedModel(model)) return model
  throw new AuditweaveError('bad-model', `The model "${DEFAULT_MODEL}" is of the family ${model.manifest.family}; the method "linked" needs one that reads links.`)
}
