import { EMPTY_LIVE, foldLive } from './live-state'
import { LIVE_NAMES, type LiveMessages, type LiveName, type LiveState } from './live-types'

type Listener<N extends LiveName> = (message: LiveMessages[N]) => void

/**
 * The page's one event stream: browsers allow few connections to a server, so that everything shares this one,
 * and a hidden tab gives its own back.
 */
class LiveClient {
  #state: LiveState = EMPTY_LIVE
  #source: EventSource | null = null
  #watched: string | null = null
  #users = 0
  readonly #changes = new Set<() => void>()
  readonly #listeners = new Map<LiveName, Set<Listener<LiveName>>>()

  readonly state = (): LiveState => this.#state

  readonly subscribe = (change: () => void): (() => void) => {
    this.#changes.add(change)
    if (this.#users++ === 0) this.#begin()
    return () => {
      this.#changes.delete(change)
      if (--this.#users === 0) this.#end()
    }
  }

  on<N extends LiveName>(name: N, listener: Listener<N>): () => void {
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    set.add(listener as Listener<LiveName>)
    return () => set.delete(listener as Listener<LiveName>)
  }

  /** Asks for the epochs of one run from the first on; the stream is opened anew with it. */
  watch(run: string): () => void {
    this.#watched = run
    this.#reopen()
    return () => {
      if (this.#watched !== run) return
      this.#watched = null
      this.#reopen()
    }
  }

  readonly #visibility = (): void => {
    if (document.hidden) this.#close()
    else this.#open()
  }

  #begin(): void {
    document.addEventListener('visibilitychange', this.#visibility)
    this.#open()
  }

  #end(): void {
    document.removeEventListener('visibilitychange', this.#visibility)
    this.#close()
  }

  #reopen(): void {
    if (!this.#source) return
    this.#close()
    this.#open()
  }

  #open(): void {
    if (this.#source) return
    const source = new EventSource(this.#watched ? `/api/events?run=${encodeURIComponent(this.#watched)}` : '/api/events')
    for (const name of LIVE_NAMES) source.addEventListener(name, (event) => this.#receive(name, JSON.parse(event.data as string) as LiveMessages[typeof name]))
    source.addEventListener('error', () => this.#set({ ...this.#state, connected: false }))
    this.#source = source
  }

  #close(): void {
    this.#source?.close()
    this.#source = null
  }

  #receive<N extends LiveName>(name: N, message: LiveMessages[N]): void {
    this.#set(foldLive(this.#state, name, message))
    for (const listener of this.#listeners.get(name) ?? []) listener(message)
  }

  #set(state: LiveState): void {
    if (state === this.#state) return
    this.#state = state
    for (const change of this.#changes) change()
  }
}

export const liveClient = new LiveClient()
