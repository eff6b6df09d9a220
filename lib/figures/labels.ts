/** Places at least `gap` apart, in their order, between `top` and `bottom`. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed = wanted.map(() => 0)
  let floor = top
  for (const index of order) {
    placed[index] = Math.max(floor, wanted[index] ?? 0)
    floor = (placed[index] ?? 0) + gap
  }
  let ceiling = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling)
    ceiling = (placed[index] ?? 0) - gap
  }
  return placed
}

/** A label on at most two lines of about so many letters, cut where it is longer. */
export function wrap(text: string, letters = 16): string {
  if (text.length <= letters) return text
  const words = text.split(' ')
  let first = words.shift() ?? ''
  while (words.length > 0 && first.length + 1 + (words[0] ?? '').length <= letters) first += ` ${words.shift()}`
  return words.length === 0 ? cut(first, letters + 6) : `${cut(first, letters + 6)}\n${cut(words.join(' '), letters + 6)}`
}

export function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}

/** Cut in the middle: of a feature's name the end says most. */
export function cutMiddle(text: string, letters: number): string {
  if (text.length <= letters) return text
  const head = Math.max(1, Math.floor(letters * 0.3))
  return `${text.slice(0, head)}…${text.slice(text.length - (letters - head - 1))}`
}

/** A number as an axis or a cell says it: at most three significant digits, no zero before the point of a share. */
export function shortFigure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** The same for cells side by side: shares all with as many digits. */
export function cellFigure(value: number, domain: readonly [number, number] | null, digits = 3): string {
  return domain && Number.isFinite(value) ? value.toFixed(digits).replace(/^(-?)0\./, '$1.') : shortFigure(value)
}
