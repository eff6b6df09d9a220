import type { Sending } from '../state/model'

/** What is kept of an act until the server has confirmed it. */
export interface KeptAct { readonly id: string; readonly at: number; readonly order: number; readonly sending: Sending }

/** The part of localStorage that is needed; it writes at once, so that an act survives whatever comes next. */
export interface KeepsTexts {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Acts that the server has not confirmed, in the browser's own store: one entry an act, so that two tabs do not overwrite one another. */
export class KeptActs {
  readonly #prefix: string
  readonly #store: KeepsTexts

  constructor(store: KeepsTexts, dataset: string, assignment: string | null) {
    this.#store = store
    this.#prefix = `auditweave.act.${dataset}.${assignment ?? ''}.`
  }

  /** Whether it could be kept: the browser may refuse. */
  keep(act: KeptAct): boolean {
    try {
      this.#store.setItem(this.#prefix + act.id, JSON.stringify(act))
      return true
    } catch {
      return false
    }
  }

  forget(id: string): void {
    this.#store.removeItem(this.#prefix + id)
  }

  /** All of them in the order in which they were done. */
  list(): KeptAct[] {
    const keys = Array.from({ length: this.#store.length }, (_, i) => this.#store.key(i)).filter((key) => key?.startsWith(this.#prefix))
    return keys.flatMap((key) => readAct(this.#store.getItem(key as string))).sort((a, b) => a.at - b.at || a.order - b.order)
  }
}

function readAct(text: string | null): KeptAct[] {
  try {
    const act = JSON.parse(text ?? 'null') as KeptAct | null
    return act && typeof act.id === 'string' && typeof act.at === 'number' && typeof act.sending === 'object' ? [act] : []
  } catch {
    return []
  }
}
