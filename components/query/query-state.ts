import { ANSWER_COLUMNS, type AnswerColumn, type AskedOf } from '@/lib/contexts/query-answers'
import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

export const TABS = ['facets', 'plan', 'saved', 'history', 'examples'] as const
export type Tab = (typeof TABS)[number]

/** Contexts that the links find when the log is read, in place of a stored reconstruction. */
export const LINKS = 'links'

export interface QueryState {
  /** '' for the current one. */
  readonly dataset: string
  /** '' for the newest of the data set, `links` for none. */
  readonly reconstruction: string
  readonly q: string
  readonly of: AskedOf
  readonly now: 'clock' | 'end'
  readonly columns: readonly AnswerColumn[]
  readonly tab: Tab
}

export const DEFAULT_COLUMNS: readonly AnswerColumn[] = ['micros', 'user', 'verb', 'resource', 'namespace', 'name', 'code', 'events', 'label']
const MOST_TEXT = 40_000

/** `/query?dataset=ID&reconstruction=ID&q=...&of=lines&now=end&columns=micros,user&tab=plan` */
export const queryCodec: UrlCodec<QueryState> = {
  read(params) {
    const columns = (params.get('columns') ?? '').split(',')
    const chosen = ANSWER_COLUMNS.filter((name) => columns.includes(name))
    return {
      dataset: params.get('dataset') ?? '',
      reconstruction: params.get('reconstruction') ?? '',
      q: (params.get('q') ?? '').slice(0, MOST_TEXT),
      of: params.get('of') === 'lines' ? 'lines' : 'contexts',
      now: params.get('now') === 'end' ? 'end' : 'clock',
      columns: chosen.length > 0 ? chosen : DEFAULT_COLUMNS,
      tab: TABS.find((tab) => tab === params.get('tab')) ?? 'facets',
    }
  },
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'dataset', state.dataset)
    setParam(params, 'reconstruction', state.reconstruction)
    setParam(params, 'q', state.q)
    setParam(params, 'of', state.of === 'lines' ? 'lines' : '')
    setParam(params, 'now', state.now === 'end' ? 'end' : '')
    setParam(params, 'columns', sameColumns(state.columns) ? '' : state.columns.join(','))
    setParam(params, 'tab', state.tab === 'facets' ? '' : state.tab)
    return params
  },
}

function sameColumns(columns: readonly AnswerColumn[]): boolean {
  return columns.length === DEFAULT_COLUMNS.length && DEFAULT_COLUMNS.every((name) => columns.includes(name))
}
