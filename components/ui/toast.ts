export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly action?: { readonly label: string; readonly run: () => void }
}

const SHOWN_MS = 6000
let toasts: readonly Toast[] = []
let next = 1
const changes = new Set<() => void>()

function set(value: readonly Toast[]): void {
  toasts = value
  for (const change of changes) change()
}

export const toastList = (): readonly Toast[] => toasts

export function subscribeToasts(change: () => void): () => void {
  changes.add(change)
  return () => changes.delete(change)
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

export function showToast(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
  const id = next++
  const tone = options.tone ?? 'plain'
  set([...toasts.slice(-3), { id, text, tone, ...(options.action ? { action: options.action } : {}) }])
  if (tone === 'plain') setTimeout(() => dismissToast(id), SHOWN_MS)
}

/** Shows a failure in its own words. */
export function showFailure(error: unknown): void {
  showToast(error instanceof Error ? error.message : 'Something failed. Try again.', { tone: 'bad' })
}
