import { callApi } from '@/components/live/call-api'
import type { Action, LabelsAnswer } from '../state/action'
import type { LabelState, Pending } from '../state/model'
import { pendingOf } from '../state/pending-of'
import { reduce } from '../state/reducer'
import { KeptActs, type KeepsTexts } from './kept-acts'
import { sendAct } from './send'

/** How saving goes: all is saved, so many acts are on their way, or the server does not answer. */
export interface SaveState {
  readonly waiting: number
  readonly away: boolean
  /** The browser keeps acts until they are confirmed; without room it cannot. */
  readonly kept: boolean
}

const FIRST_WAIT_MS = 400
const LONGEST_WAIT_MS = 5000
/** What the server says may show this much later: a page that is drawn anew for every answer is late for the next key. */
const CALM_MS = 120

/** The state of one data set's page, and its exchange with the server: acts go out in order, one at a time, and are kept until confirmed. */
export class LabelStore {
  #state: LabelState
  #save: SaveState = { waiting: 0, away: false, kept: true }
  #sending = false
  #wait = FIRST_WAIT_MS
  #timer: ReturnType<typeof setTimeout> | null = null
  #telling: ReturnType<typeof setTimeout> | null = null
  #asking: Promise<void> | null = null
  #again = false
  #order = 0
  #open = true
  readonly #base: string
  readonly #kept: KeptActs
  readonly #changes = new Set<() => void>()

  constructor(state: LabelState, store: KeepsTexts) {
    this.#state = state
    this.#base = `/api/datasets/${encodeURIComponent(state.log.dataset.id)}/labelling`
    this.#kept = new KeptActs(store, state.log.dataset.id, state.assignment)
    this.#resume()
  }

  readonly state = (): LabelState => this.#state
  readonly saving = (): SaveState => this.#save

  readonly subscribe = (change: () => void): (() => void) => {
    this.#open = true
    this.#changes.add(change)
    void this.#send()
    return () => {
      this.#changes.delete(change)
      if (this.#changes.size === 0) this.#close()
    }
  }

  readonly dispatch = (action: Action): void => {
    const before = this.#state
    const next = reduce(before, action)
    if (next === before) return
    this.#state = next
    this.#keepNew(before, next)
    this.#forgetSettled(before, next)
    if (action.type === 'acknowledged' || action.type === 'labels') this.#tellSoon()
    else this.#tell()
    if (next.pending !== before.pending) void this.#send()
  }

  /** Asks what others have changed since; once more where news comes while it asks. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return this.#asking
    }
    this.#asking = this.#ask().finally(() => { this.#asking = null })
    await this.#asking
    if (!this.#again) return
    this.#again = false
    await this.refresh()
  }

  /** Tries at once what waits for the server. */
  readonly retry = (): void => {
    this.#wait = FIRST_WAIT_MS
    void this.#send()
  }

  async #ask(): Promise<void> {
    const { newest, assignment } = this.#state
    const query = new URLSearchParams({ since: String(newest), ...(assignment ? { assignment } : {}) })
    try {
      this.dispatch({ type: 'labels', answer: await callApi<LabelsAnswer>(`${this.#base}/labels?${query.toString()}`) })
    } catch {
      // The next message or act asks again.
    }
  }

  #resume(): void {
    const pending = this.#kept.list().map(({ id, at, sending }): Pending => {
      if (sending.kind === 'batch') return pendingOf(this.#state, sending.batch, new Date(at).toISOString())
      return { id, sending, effects: new Map(), line: { id: sending.batch, kind: sending.kind, title: '', actor: '', changes: 0, at: new Date(at).toISOString() } }
    })
    this.#state = reduce(this.#state, { type: 'resumed', pending })
    this.#save = { ...this.#save, waiting: pending.length }
  }

  #keepNew(before: LabelState, next: LabelState): void {
    if (next.pending === before.pending) return
    const known = new Set(before.pending.map(({ id }) => id))
    let { kept } = this.#save
    for (const { id, sending } of next.pending) if (!known.has(id)) kept = this.#kept.keep({ id, at: Date.now(), order: this.#order++, sending }) && kept
    this.#save = { ...this.#save, waiting: next.pending.length, kept }
  }

  /** What was refused stays kept until a person has chosen: a reload asks again. */
  #forgetSettled(before: LabelState, next: LabelState): void {
    const [disputed, refused] = [new Set(next.conflicts.map(({ batch }) => batch.id)), new Set(next.rejected.map(({ pending }) => pending.id))]
    for (const { batch } of before.conflicts) if (!disputed.has(batch.id)) this.#kept.forget(batch.id)
    for (const { pending } of before.rejected) if (!refused.has(pending.id)) this.#kept.forget(pending.id)
  }

  async #send(): Promise<void> {
    if (this.#sending || !this.#open) return
    clearTimeout(this.#timer ?? undefined)
    this.#sending = true
    let head = this.#state.pending[0]
    while (head && this.#open) {
      const sent = await sendAct(this.#base, head, this.#state.assignment)
      if (sent.kind === 'away') {
        this.#set({ ...this.#save, away: true })
        this.#timer = setTimeout(() => void this.#send(), this.#wait)
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
        break
      }
      this.#wait = FIRST_WAIT_MS
      this.#set({ ...this.#save, away: false })
      if (sent.kind === 'done') {
        this.#kept.forget(head.id)
        this.dispatch({ type: 'acknowledged', id: head.id, answer: sent.answer })
      } else if (sent.kind === 'conflict') this.dispatch({ type: 'refused', id: head.id, theirs: sent.theirs })
      else this.dispatch({ type: 'rejected', id: head.id, message: sent.message })
      head = this.#state.pending[0]
      if (!head) void this.refresh()
    }
    this.#sending = false
  }

  #set(save: SaveState): void {
    if (save.away === this.#save.away && save.waiting === this.#save.waiting && save.kept === this.#save.kept) return
    this.#save = save
    this.#tell()
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => this.#tell(), CALM_MS)
  }

  #tell(): void {
    clearTimeout(this.#telling ?? undefined)
    this.#telling = null
    for (const change of this.#changes) change()
  }

  #close(): void {
    this.#open = false
    clearTimeout(this.#timer ?? undefined)
    clearTimeout(this.#telling ?? undefined)
    this.#telling = null
  }
}
