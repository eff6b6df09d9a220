import { text } from '@observablehq/plot'
import { INK } from './theme'

/** Said in a picture that has nothing to show. */
export function nothingYet(marks: number) {
  return marks > 0 ? [] : [text(['no run has this figure yet'], { frameAnchor: 'middle', fill: INK })]
}
