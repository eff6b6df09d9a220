import type { AuditEvent } from '@/lib/audit/event'
import type { Reconstruction } from '@/lib/contexts/types'
import type { Engine } from '@/lib/engine/types'
import { labelKey } from '@/lib/labels/label-key'
import type { TrainedModel } from '@/lib/model/model-file'
import { ModelLog } from '@/lib/model/model-log'
import type { Suggestion } from '@/lib/model/prediction'
import { labelText } from './describe-line'
import { LogExplainer } from './log-explainer'
import type { Guess, Progress } from './protocol'

export interface Joined { readonly reconstruction: Reconstruction; readonly guesses: ReadonlyMap<string, Guess>; readonly seconds: { readonly network: number; readonly joining: number } }
export interface LabelHooks { readonly signal?: AbortSignal; onProgress(progress: Progress): void }

/**
 * The one place where methods meet the log: it keeps of every event what links and networks need, and labels them as
 * `auditweave reconstruct` does.
 */
export class LogLabels {
  readonly #log = new ModelLog()

  /** Tells why a model gives lines their labels. */
  explainer(model: TrainedModel, engine: Engine, neighbours: string | null): LogExplainer {
    return new LogExplainer(model, engine, this.#log, neighbours)
  }

  add(events: readonly AuditEvent[]): void {
    this.#log.add(events)
  }

  link(): Reconstruction {
    return this.#log.link()
  }

  /** What a model says of every line, joined with the links. Throws the signal's reason when aborted. */
  async join(model: TrainedModel, engine: Engine, { signal, onProgress }: LabelHooks): Promise<Joined> {
    const began = performance.now()
    let labelled = began
    onProgress({ phase: 'network', done: 0, total: null })
    const { reconstruction, suggestions } = await this.#log.label(model, engine, {
      ...(signal ? { signal } : {}),
      onProgress: ({ windows, total }) => {
        onProgress({ phase: 'network', done: windows, total })
        if (windows < total) return
        labelled = performance.now()
        onProgress({ phase: 'joining', done: 0, total: null })
      },
    })
    const guesses = new Map([...suggestions].map(([auditID, suggestion]) => [auditID, toGuess(suggestion)]))
    return { reconstruction, guesses, seconds: { network: (labelled - began) / 1000, joining: (performance.now() - labelled) / 1000 } }
  }
}

function toGuess({ own, prediction }: Suggestion): Guess {
  const { label, confidence, runnerUp } = prediction
  return { label: labelText(label), confidence, runnerUp: labelText(runnerUp), own: own !== null && label !== null && labelKey(own) === labelKey(label) }
}
