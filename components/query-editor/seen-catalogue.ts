import { cursorAt, type QueryCatalogue, type SeenValue } from '@/lib/query'
import type { LookUp } from './catalogues'

/** Longer than this nobody waits for a list. */
const PATIENCE_MS = 1500

/** The catalogue with what the data has at the path whose value is being typed; as it was where none is, or the data does not answer. */
export async function seenCatalogue(text: string, position: number, catalogue: QueryCatalogue, lookUp: LookUp): Promise<QueryCatalogue> {
  const { comparedPath, word, inText } = cursorAt(text, position)
  if (comparedPath === null) return catalogue
  const seen = await patiently(lookUp(comparedPath, inText ? word.slice(1) : word))
  if (seen.length === 0) return catalogue
  const path = catalogue.fields.find((field) => field.path === comparedPath)?.aliasOf ?? comparedPath
  return {
    ...catalogue,
    values: { ...catalogue.values, [path]: seen.map(({ value }) => value) },
    counts: { ...catalogue.counts, [path]: seen.map(({ count }) => count) },
  }
}

function patiently(looking: Promise<readonly SeenValue[]>): Promise<readonly SeenValue[]> {
  const late = new Promise<readonly SeenValue[]>((resolve) => { setTimeout(() => resolve([]), PATIENCE_MS) })
  return Promise.race([looking.catch(() => []), late])
}
