/** What can be undone: states before and after the present one, the nearest last. */
export interface History<T> {
  readonly past: readonly T[]
  readonly future: readonly T[]
  /** What the last change was about: changes about the same thing in a row are undone at once. */
  readonly about: string | null
}

const MOST = 200

export const NO_HISTORY: History<never> = { past: [], future: [], about: null }

/** Notes the state before a change; one about the same as the last joins it. */
export function noteChange<T>(history: History<T>, before: T, about: string | null): History<T> {
  if (about !== null && about === history.about && history.past.length > 0) return { ...history, future: [] }
  return { past: [...history.past, before].slice(-MOST), future: [], about }
}

/** The state to go back to, and the history after it; null where there is none. */
export function undo<T>(history: History<T>, present: T): { readonly state: T; readonly history: History<T> } | null {
  const state = history.past.at(-1)
  return state === undefined ? null : { state, history: { past: history.past.slice(0, -1), future: [...history.future, present], about: null } }
}

export function redo<T>(history: History<T>, present: T): { readonly state: T; readonly history: History<T> } | null {
  const state = history.future.at(-1)
  return state === undefined ? null : { state, history: { past: [...history.past, present], future: history.future.slice(0, -1), about: null } }
}
