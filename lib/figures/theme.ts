import type { PlotOptions } from '@observablehq/plot'
import { shortFigure } from './labels'

/** One column of a two-column page, or both. */
export type FigureWidth = 'column' | 'full'

const MILLIMETRES: Readonly<Record<FigureWidth, number>> = { column: 85, full: 178 }
/** CSS pixels are 96 to the inch. */
const PIXELS_PER_MM = 96 / 25.4

export function millimetres(width: FigureWidth): number {
  return MILLIMETRES[width]
}

export function pixels(width: FigureWidth): number {
  return Math.round(MILLIMETRES[width] * PIXELS_PER_MM)
}

/** 7.5 points: what journals ask of text in figures. */
export const TEXT = 10
export const SMALL = 9
export const FONT = 'Source Sans 3, Helvetica, Arial, sans-serif'
export const INK = '#1a1a1a'
export const FAINT = '#d9d9d9'

/** Told apart by hue, by grey (a dark and a light one in turn) and by shape. */
const LOOKS = [
  { color: '#08457e', symbol: 'circle' },
  { color: '#e08214', symbol: 'square' },
  { color: '#1b7837', symbol: 'triangle' },
  { color: '#9e6ebd', symbol: 'diamond2' },
  { color: '#b2182b', symbol: 'star' },
  { color: '#67a9cf', symbol: 'plus' },
] as const

export interface Look { readonly color: string; readonly symbol: (typeof LOOKS)[number]['symbol']; readonly published: boolean }

/** Of the n-th series; published ones are black, hollow and dashed. */
export function lookOf(index: number, published: boolean): Look {
  const look = LOOKS[index % LOOKS.length] ?? LOOKS[0]
  return published ? { color: INK, symbol: 'circle', published } : { ...look, published }
}

export const markOf = ({ color, published }: Look) => ({ stroke: color, strokeWidth: published ? 1 : 0.8, fill: published ? '#fff' : color })
export const dashOf = ({ published }: Look): { strokeDasharray?: string } => (published ? { strokeDasharray: '4 3' } : {})

/** What all pictures share: size, type, paper. */
export function frame(document: Document, size: { width: number; height: number; left: number; right: number; top?: number; bottom?: number }): PlotOptions {
  const { width, height, left, right, top = 8, bottom = 34 } = size
  return { document, width, height, marginLeft: left, marginRight: right, marginTop: top, marginBottom: bottom, style: { fontFamily: FONT, fontSize: `${TEXT}px`, color: INK, background: '#fff' } }
}

/** Room that text takes, about: Source Sans is half as wide as high. */
export function textWidth(text: string, size = TEXT): number {
  return text.length * size * 0.5
}

/** The left margin of an axis with such ticks and its title. */
export function tickRoom(ticks: readonly number[]): number {
  return 26 + ticks.reduce((most, tick) => Math.max(most, textWidth(shortFigure(tick))), 10)
}
