import { SERIES_COLORS } from '@/components/charts/palette'
import { axisScale } from './axis-scale'
import type { Column } from './column'

/** Viridis at eleven even steps; between them colours are mixed. */
const VIRIDIS = ['#440154', '#482475', '#414487', '#355f8d', '#2a788e', '#21918c', '#22a884', '#44bf70', '#7ad151', '#bddf26', '#fde725'] as const
/** The end that the page's background swallows is left out. */
const PART = { light: [0, 0.86], dark: [0.28, 1] } as const

/** A colour of the perceptual ramp for a share from 0 to 1. */
export function rampColor(share: number, theme: 'light' | 'dark'): string {
  const [from, to] = PART[theme]
  const place = (from + Math.max(0, Math.min(1, share)) * (to - from)) * (VIRIDIS.length - 1)
  const index = Math.min(VIRIDIS.length - 2, Math.floor(place))
  const [low, high] = [channels(VIRIDIS[index] ?? VIRIDIS[0]), channels(VIRIDIS[index + 1] ?? VIRIDIS[10])]
  return `rgb(${low.map((value, channel) => Math.round(value + ((high[channel] ?? 0) - value) * (place - index))).join(' ')})`
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
}

const STEPS = 48

export interface RowColors {
  /** Which of `colors` a row has; the last is for rows without a value. */
  readonly bucket: (row: number) => number
  readonly colors: readonly string[]
  readonly legend: readonly { readonly color: string; readonly text: string }[]
}

/** Colours rows by a column: numbers along the ramp, words by the categorical palette, commonest first. Words beyond the palette share one colour, and the legend says so. */
export function rowColors(column: Column | null, rows: Int32Array, theme: 'light' | 'dark'): RowColors {
  const none = 'var(--color-strong)'
  if (!column) return { bucket: () => 0, colors: ['var(--color-accent)'], legend: [] }
  if (column.kind === 'number') {
    const scale = axisScale(column, rows)
    const colors = [...Array.from({ length: STEPS }, (_, step) => rampColor(step / (STEPS - 1), theme)), none]
    const bucket = (row: number): number => {
      const at = scale.at(row)
      return Number.isNaN(at) ? STEPS : Math.round(at * (STEPS - 1))
    }
    const text = (at: number): string => column.format(scale.invert(at))
    return { bucket, colors, legend: [0, 0.5, 1].map((at) => ({ color: rampColor(at, theme), text: text(at) })) }
  }
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(column.codes[row] ?? -1, (counts.get(column.codes[row] ?? -1) ?? 0) + 1)
  counts.delete(-1)
  const codes = [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code)
  const shown = codes.slice(0, SERIES_COLORS.length - 1)
  const placeOf = new Map(shown.map((code, place) => [code, place]))
  const colors = [...SERIES_COLORS.slice(0, shown.length), none]
  const legend = shown.map((code, place) => ({ color: colors[place] ?? none, text: column.words[code] ?? '' }))
  const others = codes.length - shown.length
  return { bucket: (row) => placeOf.get(column.codes[row] ?? -1) ?? shown.length, colors, legend: others > 0 ? [...legend, { color: none, text: `${others} more` }] : legend }
}
