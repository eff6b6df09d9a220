export type Marker = 'dot' | 'square' | 'triangle' | 'diamond' | 'hollow' | 'none'

export interface PlotValue {
  readonly value: number
  /** Where the value comes from: shown on hover, opened by a click. */
  readonly label: string
  readonly href: string | null
}

export interface PlotPoint {
  readonly x: number
  readonly y: number
  /** Standard deviation over repetitions; null where there is one value. */
  readonly deviation: number | null
  readonly values: readonly PlotValue[]
}

export interface PlotSeries {
  readonly key: string
  /** Stands at the end of the line. */
  readonly label: string
  readonly color: string
  readonly marker: Marker
  readonly dash?: string
  readonly points: readonly PlotPoint[]
}

export interface PlotAxis {
  /** Name with unit: "Training time (s)". */
  readonly label: string
  readonly log?: boolean
  readonly domain?: readonly [number | 'auto', number | 'auto']
  readonly ticks?: readonly number[]
  readonly format?: (value: number) => string
}
