import { lineText } from './describe-line'
import type { LinesPage, LogLine, Shown } from './protocol'

/** Whether a line belongs in a list of lines. */
export function isShown(line: LogLine, show: Shown): boolean {
  if (show === 'all') return true
  if (show === 'uncertain') return !line.certain
  if (show === 'links') return line.origin === 'links' || line.origin === 'agree' || line.origin === 'disagree'
  return line.origin === show
}

/** Finds lines and hands them out page by page; the last search is kept while its pages are asked for. */
export class LineSearch {
  readonly #count: number
  readonly #line: (seq: number) => LogLine
  #last: { readonly key: string; readonly found: Uint32Array } | null = null

  constructor(count: number, line: (seq: number) => LogLine) {
    this.#count = count
    this.#line = line
  }

  page(text: string, show: Shown, from: number, to: number): LinesPage {
    const key = `${show} ${text}`
    if (this.#last?.key !== key) this.#last = { key, found: this.#find(text.trim().toLowerCase(), show) }
    const { found } = this.#last
    return { total: found.length, from, lines: Array.from(found.subarray(from, to), this.#line) }
  }

  #find(text: string, show: Shown): Uint32Array {
    const found: number[] = []
    for (let seq = 0; seq < this.#count; seq++) {
      const line = this.#line(seq)
      if (isShown(line, show) && (text === '' || `${lineText(line)} ${line.role} ${line.label ?? ''} ${line.guess?.label ?? ''}`.toLowerCase().includes(text))) found.push(seq)
    }
    return Uint32Array.from(found)
  }
}
