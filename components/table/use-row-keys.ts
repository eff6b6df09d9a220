'use client'
import { useKey } from '@/components/keys/use-key'

interface RowKeys {
  /** How many rows there are. */
  readonly count: number
  /** -1 while none is active. */
  readonly active: number
  readonly move: (index: number) => void
  readonly open: (index: number) => void
  readonly select?: (index: number) => void
}

/** j, k and arrows move, Enter opens, x selects: the keys of the one table of a page that asks for them. */
export function useRowKeys({ count, active, move, open, select }: RowKeys): void {
  const step = (by: number) => (): void => {
    if (count > 0) move(Math.max(0, Math.min(count - 1, active + by)))
  }
  const here = active >= 0 && active < count
  useKey('j', 'Next row', 'Tables', step(1))
  useKey('k', 'Previous row', 'Tables', step(-1))
  useKey('ArrowDown', 'Next row', 'Tables', step(1))
  useKey('ArrowUp', 'Previous row', 'Tables', step(-1))
  useKey('x', 'Select the row', 'Tables', () => select?.(active), { enabled: here && select !== undefined })
  useKey('Enter', 'Open the row', 'Tables', ({ target }) => {
    // A button or link that has the focus means itself.
    const control = target instanceof HTMLElement ? target.closest<HTMLElement>('button, a, summary') : null
    if (control) control.click()
    else open(active)
  }, { enabled: here })
}
