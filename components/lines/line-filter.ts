import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { OUTCOMES, type Outcome } from '@/lib/experiments/compare/outcomes'
import { KINDS, type Kind, type LinesState } from './lines-state'

/** What a line is of a kind, e.g. the name of its context; null where its event does not say. */
export function valueOf(lines: LineColumns, kind: Kind, line: number): string | null {
  return kind === 'label' ? (lines.labels[lines.want[line] ?? -1] ?? null) : (lines.words[lines[kind][line] ?? -1] ?? null)
}

/** The places of the lines that are asked for, in order of the log. */
export function filterLines(lines: LineColumns, state: Pick<LinesState, 'show' | 'only' | 'q'>): Int32Array {
  const shown = OUTCOMES.map((outcome) => state.show.includes(outcome))
  const asked = KINDS.flatMap((kind) => {
    const value = state.only[kind]
    if (value === undefined) return []
    return [{ column: kind === 'label' ? lines.want : lines[kind], place: (kind === 'label' ? lines.labels : lines.words).indexOf(value) }]
  })
  const text = textTest(lines, state.q)
  const found: number[] = []
  for (let line = 0; line < lines.outcome.length; line++) {
    if (shown[lines.outcome[line] as number] && asked.every(({ column, place }) => place >= 0 && column[line] === place) && text(line)) found.push(line)
  }
  return Int32Array.from(found)
}

/** Whether the text stands in a line's user, object, resource, program, context, auditID or any of its labels. */
function textTest(lines: LineColumns, q: string): (line: number) => boolean {
  const wanted = q.trim().toLowerCase()
  if (wanted === '') return () => true
  const has = (text: string): boolean => text.toLowerCase().includes(wanted)
  const [words, labels] = [lines.words.map(has), lines.labels.map(has)]
  const columns = [lines.user, lines.object, lines.resource, lines.agent, lines.context, lines.verb]
  const labelled = [lines.want, lines.a, lines.b]
  return (line) => columns.some((column) => words[column[line] as number] === true) || labelled.some((column) => labels[column[line] as number] === true) || has(lines.auditID[line] as string)
}

/** How many of the lines shown are of each value, the most frequent first. */
export function valueCounts(lines: LineColumns, shown: Int32Array, kind: Kind): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const line of shown) {
    const value = valueOf(lines, kind, line)
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((x, y) => y.count - x.count || (x.value < y.value ? -1 : 1))
}

/** The next place in `shown` from `from` in a direction at which `wanted` holds; `from` where there is none. */
export function nextPlace(shown: Int32Array, from: number, step: 1 | -1, wanted: (line: number) => boolean): number {
  for (let place = from + step; place >= 0 && place < shown.length; place += step) if (wanted(shown[place] as number)) return place
  return from
}

export function outcomeAt(lines: LineColumns, line: number): Outcome {
  return OUTCOMES[lines.outcome[line] as number] ?? 'neither'
}
