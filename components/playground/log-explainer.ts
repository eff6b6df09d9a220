import type { Engine } from '@/lib/engine/types'
import type { Explainable } from '@/lib/model/explain/explainable'
import { explainLine, type LineExplanation } from '@/lib/model/explain/explain-line'
import { explainLinked } from '@/lib/model/explain/linked-explainable'
import { parseNeighbours, type NeighbourSample } from '@/lib/model/explain/neighbours'
import { explainWindows } from '@/lib/model/explain/windows-explainable'
import { labelKeyText } from '@/lib/model/explain/answer-text'
import { isLinkedModel, isWindowsModel, type TrainedModel } from '@/lib/model/model-file'
import type { ModelLog } from '@/lib/model/model-log'
import type { Explained, Influence, Progress } from './protocol'

/** Of each kind, how many are shown: what weighs less is noise to a reader. */
const SHOWN = { features: 10, groups: 6, neighbours: 5 }
const POINTS = 32
const LEAST = 5e-4

export interface ExplainHooks { readonly signal?: AbortSignal; onProgress(progress: Progress): void }

/** Why a model gave lines of one log their labels; what was found out once is kept. */
export class LogExplainer {
  readonly #explainable: Explainable
  readonly #places: ReadonlyMap<string, number>
  readonly #auditIDs: readonly string[]
  readonly #engine: Engine
  readonly #sample: NeighbourSample | null
  readonly #known = new Map<string, Explained>()

  /** `neighbours` is the text of the model's neighbours.json, null where it brings none. */
  constructor(model: TrainedModel, engine: Engine, log: ModelLog, neighbours: string | null) {
    const { explainable, auditIDs } = explainableOf(model, log)
    this.#explainable = explainable
    this.#auditIDs = auditIDs
    this.#places = new Map(auditIDs.map((auditID, place) => [auditID, place]))
    this.#engine = engine
    this.#sample = neighbours === null ? null : parseNeighbours(neighbours)
  }

  /** Null for a line that no network labels. Throws the signal's reason when aborted. */
  async explain(auditID: string, { signal, onProgress }: ExplainHooks): Promise<Explained | null> {
    const known = this.#known.get(auditID)
    const place = this.#places.get(auditID)
    if (known || place === undefined) return known ?? null
    const began = performance.now()
    const explanation = await explainLine(this.#explainable, this.#engine, place, {
      points: POINTS, sample: this.#sample, ...(signal ? { signal } : {}), onProgress: (done, total) => onProgress({ phase: 'explaining', done, total }),
    })
    const explained = this.#shown(explanation, (performance.now() - began) / 1000)
    this.#known.set(auditID, explained)
    return explained
  }

  #shown({ model, key, label, probability, window, features, groups, wholes, neighbours, check, nearest }: LineExplanation, seconds: number): Explained {
    return {
      model: model.name, label: label ? labelKeyText(key) : null, probability, window: window.lines, seconds, check,
      features: strongest(features, SHOWN.features).map(({ name, value, kind, drop, attribution }): Influence => ({ name, value, kind, drop, attribution })),
      groups: strongest(groups, SHOWN.groups).map(({ name, kind, drop, attribution, features: count }): Influence => ({ name, value: `${count} features`, kind, drop, attribution })),
      wholes: wholes.map(({ name, drop, attribution }): Influence => ({ name, value: null, kind: name === 'all links' ? 'link' : 'event', drop, attribution })),
      neighbours: strongest(neighbours, SHOWN.neighbours).map(({ line, offset, drop, attribution }) => ({ auditID: this.#auditIDs[line] ?? '', offset, drop, attribution })),
      nearest: nearest && { of: this.#sample?.data.name ?? '', lines: nearest.map(({ line, label: near, similarity }) => ({ line, label: labelKeyText(near), similarity })) },
    }
  }
}

interface Weighed { readonly drop: number; readonly attribution: number | null }

const weight = ({ drop, attribution }: Weighed): number => Math.max(Math.abs(drop), Math.abs(attribution ?? 0))

/** By whichever method sees more in it: where several things say the same, taking one away alone shows nothing. */
function strongest<T extends Weighed>(list: readonly T[], count: number): T[] {
  return list.filter((one) => weight(one) >= LEAST).sort((a, b) => weight(b) - weight(a)).slice(0, count)
}

function explainableOf(model: TrainedModel, log: ModelLog): { explainable: Explainable; auditIDs: readonly string[] } {
  if (isLinkedModel(model)) {
    const table = log.table()
    return { explainable: explainLinked(model, table), auditIDs: Array.from(table.eventOf, (index) => table.events[index]?.auditID ?? '') }
  }
  if (!isWindowsModel(model)) throw new RangeError('the model is of no family that can be explained')
  const lines = log.windowLines()
  return { explainable: explainWindows(model, lines.map((line) => line.row)), auditIDs: lines.map((line) => line.auditID) }
}
