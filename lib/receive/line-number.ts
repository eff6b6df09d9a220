const LINES = 1e9

/** A line among all received ones: its segment and its place there, from 0. */
export interface LinePlace { readonly segment: number; readonly line: number }

/** One number for a place, growing with it; exact up to nine million segments. */
export const lineNumber = ({ segment, line }: LinePlace): number => segment * LINES + line
export const linePlace = (number: number): LinePlace => ({ segment: Math.floor(number / LINES), line: number % LINES })
