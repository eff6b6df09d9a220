import { planRun } from '@/lib/notebook/dependencies'
import { isRunnable } from '@/lib/notebook/cell'
import { cellStates, editNotebook, openEditor, type Content, type EditorAction, type EditorState, type SaveState } from '@/lib/notebook/editor-state'
import type { CellResult, Results } from '@/lib/notebook/result'
import type { Present } from '@/lib/notebook/staleness'
import { ApiError, callApi } from '@/components/live/call-api'

export interface OpenNotebook extends Content { readonly id: string; readonly revision: number; readonly results: Results; readonly present: Present; readonly shareToken: string | null }

const PAUSE_MS = 700

/** An open notebook: its state, saved by itself a moment after each change, and its cells, run one after the other. */
export class NotebookSession {
  readonly #id: string
  readonly #changes = new Set<() => void>()
  #state: EditorState
  #timer: ReturnType<typeof setTimeout> | null = null
  #saving: Promise<void> | null = null
  #queue: Promise<void> = Promise.resolve()
  #round = 0

  constructor(notebook: OpenNotebook) {
    this.#id = notebook.id
    this.#state = openEditor(notebook)
  }

  readonly state = (): EditorState => this.#state

  readonly subscribe = (change: () => void): (() => void) => {
    this.#changes.add(change)
    return () => this.#changes.delete(change)
  }

  readonly dispatch = (action: EditorAction): void => {
    const before = this.#state
    this.#state = editNotebook(before, action)
    if (this.#state === before) return
    if (this.#state.content !== before.content) this.#saveSoon()
    for (const change of this.#changes) change()
  }

  /** Whether everything that was typed is stored. */
  get saved(): boolean {
    return this.#state.save.kind === 'saved'
  }

  /** Stores what is not stored yet. @throws ApiError when it cannot be */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    while (this.#saving) await this.#saving
    const before = this.#state.save
    if (before.kind === 'conflict') throw new ApiError('stale-notebook', before.message)
    if (before.kind === 'saved') return
    const after = await this.#send()
    if (after.kind === 'failed' || after.kind === 'conflict') throw new ApiError('not-saved', after.message)
  }

  /** Runs cells and those that they are made from, where these are not up to date. */
  run(ids?: readonly string[]): void {
    const { cells } = this.#state.content.document
    const states = cellStates(this.#state)
    const { order } = planRun(cells, ids)
    const faulty = cells.filter((cell) => isRunnable(cell) && (ids?.includes(cell.id) ?? true) && !order.includes(cell.id)).map((cell) => cell.id)
    const due = [...order, ...faulty].filter((id) => (ids?.includes(id) ?? true) || states.get(id) !== 'done')
    if (due.length === 0) return
    this.dispatch({ type: 'queue', ids: due })
    const round = this.#round
    this.#queue = this.#queue.then(() => this.#runAll(due, round))
  }

  /** Lets go of the cells that wait; one that is at work comes to its end. */
  stop(): void {
    this.#round++
    this.dispatch({ type: 'idle' })
  }

  /** A page that comes back from the browser's memory may be old: what was stored since is taken over, unless something was changed here. */
  async catchUp(): Promise<void> {
    const stored = await callApi<{ title: string; document: Content['document']; revision: number; results: Results }>(`/api/notebooks/${this.#id}`).catch(() => null)
    if (!stored || stored.revision === this.#state.revision || !this.saved) return
    this.#state = openEditor({ ...stored, present: this.#state.present })
    for (const change of this.#changes) change()
  }

  /** Asks what cells would be made of now. */
  async refresh(): Promise<void> {
    const present = await callApi<Present>(`/api/notebooks/${this.#id}/sources`).catch(() => null)
    if (present) this.dispatch({ type: 'present', present })
  }

  #saveSoon(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), PAUSE_MS)
  }

  async #send(): Promise<SaveState> {
    const { content, revision } = this.#state
    this.dispatch({ type: 'saving' })
    this.#saving = callApi<{ revision: number }>(`/api/notebooks/${this.#id}`, { method: 'PUT', body: { title: content.title.trim() || 'Untitled notebook', document: content.document, revision } }).then(
      (saved) => this.dispatch({ type: 'saved', revision: saved.revision, content }),
      (error: unknown) => this.dispatch({ type: 'save-failed', save: failure(error) }),
    )
    await this.#saving
    this.#saving = null
    const { save } = this.#state
    if (save.kind === 'changed') this.#saveSoon()
    return save
  }

  async #runAll(ids: readonly string[], round: number): Promise<void> {
    for (const id of ids) {
      if (round !== this.#round) return
      this.dispatch({ type: 'finished', id, result: await this.#runOne(id) })
    }
  }

  async #runOne(id: string): Promise<CellResult | null> {
    try {
      await this.flush()
      this.dispatch({ type: 'started', id })
      return await callApi<CellResult>(`/api/notebooks/${this.#id}/run`, { method: 'POST', body: { cell: id } })
    } catch (error) {
      const before = this.#state.results[id]
      const made = before?.made ?? { content: '', dataset: null, model: null, runs: null, from: {} }
      return { output: null, error: { code: error instanceof ApiError ? error.code : 'failed', message: error instanceof Error ? error.message : 'The cell could not be run. Try again.' }, made, ranAt: new Date().toISOString(), seconds: 0 }
    }
  }
}

function failure(error: unknown): { kind: 'failed' | 'conflict'; message: string } {
  const message = error instanceof Error ? error.message : 'The notebook could not be saved. Try again.'
  return { kind: error instanceof ApiError && (error.code === 'stale-notebook' || error.code === 'unknown-notebook') ? 'conflict' : 'failed', message }
}
