/** "+0.0123", "−0.0123", "0.0000": a difference of scores. */
export function signedText(value: number): string {
  const text = Math.abs(value).toFixed(4)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}

/** A p value to three places, "< 0.001" below. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}
