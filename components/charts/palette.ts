import type { Marker } from './plot-types'

/** The categorical colours in their order; the yellow is darkened on white, where a thin line of it cannot be seen. */
export const SERIES_COLORS = ['#009e73', '#0072b2', '#56b4e9', '#d55e00', 'var(--color-yellow-line)', '#e69f00', '#999999', 'var(--color-ink)'] as const
export const SERIES_MARKERS: readonly Marker[] = ['dot', 'square', 'triangle', 'diamond']

/** Colour, marker and dash of the n-th series: they repeat at different lengths, so that no two near ones look the same. */
export function seriesLook(index: number): { color: string; marker: Marker; dash?: string } {
  const color = SERIES_COLORS[index % SERIES_COLORS.length] ?? SERIES_COLORS[0]
  const marker = SERIES_MARKERS[index % SERIES_MARKERS.length] ?? 'dot'
  const round = Math.floor(index / SERIES_COLORS.length)
  return round === 0 ? { color, marker } : { color, marker, dash: `${2 + round * 3} 3` }
}

export const VERBS = ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch', 'other'] as const
export type VerbName = (typeof VERBS)[number]

/** One colour a verb everywhere; deletecollection is a delete, unknown verbs are "other". */
export function verbName(verb: string | null | undefined): VerbName {
  if (verb === 'deletecollection') return 'delete'
  return VERBS.find((name) => name === verb) ?? 'other'
}

export function verbColor(verb: string | null | undefined): string {
  return `var(--color-verb-${verbName(verb)})`
}
