import type { Bootstrap } from '@/lib/experiments/compare/bootstrap'
import type { Comparison } from '@/lib/experiments/compare/comparison'
import { formatCount, plural } from '@/components/format/number'

type Drawn = { readonly evenUnits: number; readonly accuracy: Bootstrap['accuracy'] }
type Judged = Pick<Comparison, 'counts' | 'lines'> & { readonly byLines: Drawn; readonly byContexts: Drawn }

/** A bootstrap over groups worth fewer equal ones than this is rough. */
const FEW_UNITS = 20

/** What a comparison says, in a sentence or two; the names are those of the two runs. */
export function verdict({ counts, lines, byLines, byContexts }: Judged, a: string, b: string): string {
  const more = counts.b - counts.a
  if (more === 0) return `${a} and ${b} have equally many of ${plural(lines, 'line')} right${counts.a > 0 ? `, ${formatCount(2 * counts.a)} of them not the same` : ' – the same ones'}.`
  const [better, worse] = more > 0 ? [b, a] : [a, b]
  const few = byContexts.evenUnits < FEW_UNITS ? ` Contexts are few or of very unequal size (worth ${plural(Math.round(byContexts.evenUnits), 'equal one')}), so that intervals over them are rough.` : ''
  return `${better} has ${formatCount(Math.abs(more))} more of ${plural(lines, 'line')} right than ${worse}. ${chance(apart(byLines), apart(byContexts))}${few}`
}

function chance(byLines: boolean, byContexts: boolean): string {
  if (byLines && byContexts) return 'More than chance, drawn by lines and by contexts.'
  if (byLines) return 'Drawn by lines that is more than chance, but not drawn by contexts, whose lines stand or fall together: other contexts might turn it round.'
  if (byContexts) return 'Drawn by contexts that is more than chance, but not drawn by lines.'
  return 'That may well be chance.'
}

function apart({ accuracy: { difference } }: Drawn): boolean { return difference.low > 0 || difference.high < 0 }
