import type { ColumnFacts } from '@/components/columns/column'

export interface FigureDelta {
  /** "+0.0123 ▲": the sign says the direction, the arrow whether it is for the better (▲) or the worse (▼). */
  readonly text: string
  readonly good: boolean | null
}

/** How a figure differs from the baseline's; null where there is nothing to compare or to tell. */
export function figureDelta({ better, format }: Pick<ColumnFacts, 'better' | 'format'>, value: number, baseline: number | null): FigureDelta | null {
  if (baseline === null) return null
  const delta = value - baseline
  if (!Number.isFinite(delta)) return null
  if (Math.abs(delta) <= 1e-12) return { text: '±0', good: null }
  const good = better === null ? null : (delta > 0) === (better === 'more')
  return { text: `${delta > 0 ? '+' : '−'}${format(Math.abs(delta))}${good === null ? '' : good ? ' ▲' : ' ▼'}`, good }
}
