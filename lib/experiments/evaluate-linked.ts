import type { Engine } from '@/lib/engine/types'
import { labelTable } from '@/lib/model/linked/label-linked'
import type { FormScores } from '@/lib/model/linked/linked-run'
import { scoreLinked } from '@/lib/model/linked/linked-scores'
import type { LinkedModel } from '@/lib/model/model-file'
import { loadCorpus } from './linked-training'
import type { LabelledLog } from './labelled-log'

export interface EvaluateHooks { readonly threads?: number; readonly signal?: AbortSignal; onRead?(events: number): void }

/** Scores a linked model on a whole labelled log in every form: the transfer protocol, where the log is of another cluster than the model's. */
export async function evaluateLinked(model: LinkedModel, log: LabelledLog, engine: Engine, hooks: EvaluateHooks = {}): Promise<FormScores[]> {
  const { corpus, truth } = await loadCorpus(log, {}, hooks)
  const forms: FormScores[] = []
  for (const { table, variant } of corpus.tables()) {
    const predictions = await labelTable(model, engine, table, { ...(hooks.threads ? { threads: hooks.threads } : {}), ...(hooks.signal ? { signal: hooks.signal } : {}) })
    forms.push({ form: variant.name, title: variant.title, scores: scoreLinked(table, truth, 0, predictions) })
  }
  return forms
}
