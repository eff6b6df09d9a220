import type { Engine } from '@/lib/engine/types'
import { EventLines } from '@/lib/model/event-lines'
import { scoreAnswers, type LinkedAnswer } from '@/lib/model/linked/linked-scores'
import type { FormScores } from '@/lib/model/linked/linked-run'
import { LOG_VARIANTS } from '@/lib/model/linked/log-variants'
import type { WindowsModel } from '@/lib/model/model-file'
import type { EvaluateHooks } from './evaluate-linked'
import type { LabelledLog } from './labelled-log'

/** Scores a model of the windows family on a whole labelled log in every form. It tells no roles and sees no links: those shares are 0. */
export async function evaluateWindows(model: WindowsModel, log: LabelledLog, engine: Engine, hooks: EvaluateHooks = {}): Promise<FormScores[]> {
  const truth = await log.truth()
  const forms = LOG_VARIANTS.map((variant) => ({ variant, lines: new EventLines() }))
  let events = 0
  for await (const batch of log.events()) {
    hooks.signal?.throwIfAborted()
    for (const { variant, lines } of forms) lines.add(batch.flatMap((event) => variant.change(event) ?? []))
    events += batch.length
    hooks.onRead?.(events)
  }
  const scored: FormScores[] = []
  for (const { variant, lines } of forms) {
    const suggestions = await lines.suggest(model, engine, { ...(hooks.threads ? { threads: hooks.threads } : {}), ...(hooks.signal ? { signal: hooks.signal } : {}) })
    const answers = [...suggestions].flatMap(([auditID, { own, prediction }]): LinkedAnswer[] => {
      const known = truth.get(auditID)
      if (!known || known.role === 'nonresource') return []
      return [{ auditID, want: known.label ?? own, got: prediction.label, confidence: prediction.confidence, inContext: known.label !== null, roleRight: false, linked: false, linkedRight: false }]
    })
    scored.push({ form: variant.name, title: variant.title, scores: scoreAnswers(answers) })
  }
  return scored
}
