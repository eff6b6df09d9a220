import { DOMParser, parseHTML } from 'linkedom'

/** A document to draw in where there is no browser; it loads nothing and runs nothing. */
export function printDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document
}

/** A picture's file as elements again. */
export function readPicture(svg: string): Element {
  return new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as unknown as Element
}
