/**
 * The first key that stands twice in one object of a JSON text, or null. JSON.parse keeps the last one silently, so two
 * readers of one file could see two different files. The text must be valid JSON.
 */
export function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = []
  let keyNext = false
  for (let at = 0; at < json.length; at++) {
    const mark = json[at]
    if (mark === '{') { open.push(new Set()); keyNext = true }
    else if (mark === '[') { open.push(null); keyNext = false }
    else if (mark === '}' || mark === ']') { open.pop(); keyNext = false }
    else if (mark === ',') keyNext = open.at(-1) instanceof Set
    else if (mark === '"') {
      const end = endOfString(json, at)
      const keys = open.at(-1)
      if (keyNext && keys) {
        const key = JSON.parse(json.slice(at, end + 1)) as string
        if (keys.has(key)) return key
        keys.add(key)
      }
      keyNext = false
      at = end
    }
  }
  return null
}

function endOfString(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
