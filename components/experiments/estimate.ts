/** Minutes a launch is likely to take: the scale's measured time by the share of its runs, lines and epochs that is asked for. */
export function estimateMinutes(scale: { readonly expectedMinutes: number }, all: { readonly runs: number; readonly lines: number | null; readonly epochs: number | null }, chosen: { readonly runs: number; readonly lines: number | null; readonly epochs: number | null }): number {
  const share = (part: number | null, whole: number | null): number => (part !== null && whole !== null && whole > 0 ? part / whole : 1)
  return scale.expectedMinutes * share(chosen.runs, all.runs) * share(chosen.lines, all.lines) * share(chosen.epochs, all.epochs)
}

/** "5, 10-12, 60" as whole numbers in order, each once; what is no number is left out. */
export function parseNumbers(text: string): number[] {
  const numbers = text.split(/[\s,;]+/).flatMap((part) => {
    const [, from = '', to = ''] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? []
    if (!from) return []
    const [first, last] = [Number(from), to ? Number(to) : Number(from)]
    return last < first || last - first > 100 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  return [...new Set(numbers)].sort((a, b) => a - b)
}
