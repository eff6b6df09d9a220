import { measureOf } from '../measures'
import type { ReportContext } from './context'
import type { Observation } from './observation'
import { measureScale } from './scale-info'
import type { LinesBody, Summary, TableBody } from './report-types'
import { select } from './select'
import { summarise } from './summary'
import type { View } from './views'

type RoundsView = Extract<View, { kind: 'rounds' }>

interface Candidate { readonly name: string; readonly summary: Summary }
interface Round { readonly round: number; readonly best: Candidate; readonly next: Candidate | null; readonly worst: Candidate; readonly tried: number }

/** Each round's candidates by what is left without them: the best is dropped, the worst is what is needed most. */
export function roundsBodies({ observations }: ReportContext, { measure, where }: RoundsView): { table: TableBody; course: LinesBody; used: readonly Observation[] } {
  const used = select(observations, measure, where ?? {}, ['round', 'omit'])
  const rounds = [...new Set(used.map(({ axes }) => Number(axes['round'])))].toSorted((a, b) => a - b).map((round) => toRound(round, used, measure))
  const { short } = measureOf(measure)
  const column = (key: string, title: string) => ({ key, title, measure, published: false, protocol: null })
  const table: TableBody = {
    kind: 'table',
    heads: ['Round', 'Needed least', 'Next', 'Needed most', 'Candidates'],
    columns: [column('best', `${short} without the least needed`), column('next', `${short} without the next`), column('worst', `${short} without the most needed`)],
    rows: rounds.map(({ round, best, next, worst, tried }) => ({ key: String(round), head: [round, best.name, next?.name ?? '–', worst.name, tried], cells: [best.summary, next?.summary ?? null, worst.summary] })),
  }
  const line = (key: string, title: string, of: (round: Round) => Candidate) => ({ key, title, published: false, points: rounds.map((round) => ({ x: round.round, ...of(round).summary })) })
  const course: LinesBody = {
    kind: 'lines', x: { title: 'Round (features or groups left out)', unit: null, scale: 'linear', domain: null }, y: measureScale(measure),
    series: [line('best', 'without the one needed least', ({ best }) => best), line('worst', 'without the most needed', ({ worst }) => worst)],
  }
  return { table, course, used }
}

function toRound(round: number, used: readonly Observation[], measure: string): Round {
  const here = used.filter(({ axes }) => axes['round'] === round)
  const sign = measureOf(measure).better === 'less' ? 1 : -1
  const candidates = [...new Set(here.map(({ axes }) => String(axes['omit'])))].flatMap((name): Candidate[] => {
    const summary = summarise(here.filter(({ axes }) => axes['omit'] === name), measure)
    return summary ? [{ name, summary }] : []
  }).toSorted((a, b) => sign * (a.summary.mean - b.summary.mean))
  const [best, next] = candidates
  const worst = candidates.at(-1)
  if (!best || !worst) throw new Error(`Round ${round} has no candidates.`)
  return { round, best, next: next ?? null, worst, tried: candidates.length }
}
