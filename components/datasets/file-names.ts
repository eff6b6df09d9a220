/** A data set's name out of a file's: without its endings, only what names may hold. */
export function nameFromFile(file: string): string {
  const base = file.replace(/(\.(gz|jsonl?|log|ndjson|txt|audit))+$/i, '')
  return base.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '').slice(0, 64) || 'log'
}

/** Of files dropped together, one named as a truth is the truth of the other. */
export function sortFiles<T extends { readonly name: string }>(files: readonly T[]): { log: T | null; truth: T | null } {
  const truth = files.length > 1 ? (files.find((file) => /truth|labels?\b/i.test(file.name)) ?? null) : null
  return { log: files.find((file) => file !== truth) ?? null, truth }
}
