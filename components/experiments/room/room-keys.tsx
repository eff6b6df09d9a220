'use client'
import { useRouter } from 'next/navigation'
import { useKey } from '@/components/keys/use-key'

const ROWS = '[data-experiment] a[data-row]'

/** j and k go from experiment to experiment, Enter opens the one in focus, l goes to its launch form. */
export function RoomKeys() {
  const router = useRouter()
  const step = (by: number) => (): void => {
    const rows = [...document.querySelectorAll<HTMLElement>(ROWS)]
    const at = rows.findIndex((row) => row.closest('[data-experiment]')?.contains(document.activeElement))
    rows[Math.max(0, Math.min(rows.length - 1, at === -1 ? 0 : at + by))]?.focus()
  }
  useKey('j', 'Next experiment', 'Experiments', step(1))
  useKey('k', 'Previous experiment', 'Experiments', step(-1))
  useKey('l', 'Launch the experiment in focus', 'Experiments', () => {
    const name = document.activeElement?.closest<HTMLElement>('[data-experiment]')?.dataset.experiment
    if (name) router.push(`/experiments/${name}#launch`)
  })
  return null
}
