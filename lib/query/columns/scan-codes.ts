import { Bitmap } from './bitmap'
import type { Codes } from './codes'
import type { CodeSet } from './code-set'
import type { Postings } from './postings'

/** The rows of `among` whose code is in the set. */
export function scanCodes(codes: Codes, { marks }: CodeSet, among: Bitmap): Bitmap {
  const kept = new Uint32Array(among.words.length)
  for (let at = 0; at < kept.length; at++) {
    const wanted = among.words[at] ?? 0
    if (wanted === 0) continue
    const begin = at << 5
    const end = Math.min(begin + 32, codes.length)
    let bits = 0
    for (let row = begin; row < end; row++) bits |= (marks[codes[row] ?? 0] ?? 0) << (row & 31)
    kept[at] = bits & wanted
  }
  return new Bitmap(among.size, kept)
}

/** The same from lists of rows, for sets that few rows have. */
export function scanPostings(postings: Postings, { codes }: CodeSet, among: Bitmap): Bitmap {
  const found = new Bitmap(among.size)
  for (const code of codes) for (const row of postings.rowsOf(code)) found.add(row)
  return found.and(among)
}
