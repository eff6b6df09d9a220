import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import type { EventFacts, FactOptions } from '@/lib/contexts/facts'
import { assemble } from '@/lib/contexts/reconstruct'
import type { Reconstruction } from '@/lib/contexts/types'
import type { Engine } from '@/lib/engine/types'
import { EventLines, type WindowLine } from './event-lines'
import { fillUnlinked } from './fill-labels'
import type { LabelOptions } from './label-events'
import { joinLinked, type JoinMode } from './linked/join-links'
import { labelTable, suggestionsOf } from './linked/label-linked'
import { LinkedLines, type LinkedTable } from './linked/linked-lines'
import { isLinkedModel, isWindowsModel, type TrainedModel } from './model-file'
import type { Suggestion } from './prediction'

export type ModelFamily = TrainedModel['manifest']['family']
export const MODEL_FAMILIES: readonly ModelFamily[] = ['windows', 'linked']

export interface ModelLogOptions extends Omit<FactOptions, 'pool'> {
  /** Families of the models that will be asked; both unless told. Fewer save memory and time. */
  readonly families?: readonly ModelFamily[]
}

export interface Labelled {
  readonly reconstruction: Reconstruction
  /** What the network says of each request, by auditID. */
  readonly suggestions: ReadonlyMap<string, Suggestion>
}

/**
 * A log as methods see it: takes events as they are read, keeps what links and networks need of them, and lets bodies go. Links alone, or a
 * model of either family joined with them, then say what is behind every line.
 */
export class ModelLog {
  readonly #linked: LinkedLines
  readonly #windows: EventLines | null
  #table: LinkedTable | null = null

  constructor({ families = MODEL_FAMILIES, ...options }: ModelLogOptions = {}) {
    this.#linked = new LinkedLines(options)
    this.#windows = families.includes('windows') ? new EventLines() : null
  }

  add(events: readonly AuditEvent[]): void {
    this.#table = null
    this.#linked.add(events)
    this.#windows?.add(events)
  }

  get facts(): readonly EventFacts[] { return this.#linked.facts }

  /** What the linked network sees of the log; made once until more is added. */
  table(): LinkedTable { return (this.#table ??= this.#linked.table()) }

  /** Lines as the windows family sees them, in order of time. Throws RangeError where they were not kept. */
  windowLines(): readonly WindowLine[] { return this.#keptWindows().sorted() }

  /** By links alone. */
  link(): Reconstruction {
    const { sorted, events, linked } = this.table()
    return assemble(sorted, events, linked)
  }

  /** By a model and links, or by the network alone where `mode` says so. Throws the signal's reason when aborted. */
  async label(model: TrainedModel, engine: Engine, { mode = 'join', ...options }: LabelOptions & { readonly mode?: JoinMode } = {}): Promise<Labelled> {
    if (isLinkedModel(model)) {
      const table = this.table()
      const predictions = await labelTable(model, engine, table, options)
      let suggestions: ReadonlyMap<string, Suggestion> | null = null
      // most callers never ask for what the network said apart from the links
      return { reconstruction: joinLinked(table, predictions, mode), get suggestions() { return (suggestions ??= suggestionsOf(table, predictions)) } }
    }
    if (!isWindowsModel(model)) throw new AuditweaveError('bad-model', 'The model is of a family that is unknown here: take a newer version of Auditweave.')
    const suggestions = await this.#keptWindows().suggest(model, engine, options)
    return { reconstruction: fillUnlinked(this.link(), suggestions), suggestions }
  }

  #keptWindows(): EventLines {
    if (!this.#windows) throw new RangeError('this log was not kept for models of the windows family')
    return this.#windows
  }
}
