/** Reads a comma-separated value; commas and backslashes inside an item are escaped by a backslash. */
export function readList(text: string | null): string[] {
  if (!text) return []
  return (text.match(/(?:\\.|[^,\\])+/gsu) ?? []).map((item) => item.replace(/\\(.)/gsu, '$1'))
}

/** The opposite of readList; empty items are dropped. */
export function writeList(items: readonly string[]): string {
  return items.filter((item) => item !== '').map((item) => item.replace(/[\\,]/g, String.raw`\$&`)).join(',')
}

/** Sets a parameter, or leaves it out when it is empty. */
export function setParam(params: URLSearchParams, name: string, value: string): void {
  if (value === '') params.delete(name)
  else params.set(name, value)
}
