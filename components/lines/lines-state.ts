import { OUTCOMES, type Outcome } from '@/lib/experiments/compare/outcomes'
import { FACETS, type Facet } from '@/lib/experiments/compare/line-facets'
import { readList, setParam, writeList } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

/** By what lines are narrowed: the label that is wanted, and what the event says. */
export const KINDS = ['label', ...FACETS] as const
export type Kind = 'label' | Facet

export interface LinesState {
  readonly a: string
  readonly b: string
  /** The runs to choose the pair from; all with answers where empty. */
  readonly runs: readonly string[]
  readonly show: readonly Outcome[]
  readonly only: Readonly<Partial<Record<Kind, string>>>
  readonly q: string
  /** Which table of differences is open. */
  readonly by: Kind
  /** The auditID of the line looked at. */
  readonly at: string | null
  readonly raw: boolean
}

const DIFFERENT: readonly Outcome[] = ['a', 'b']
const PARAMETER: Readonly<Record<Kind, string>> = { label: 'label', context: 'ctx', verb: 'verb', resource: 'res', agent: 'agent', user: 'user' }
const MOST_TEXT = 600

/** `/compare/lines?a=RUN&b=RUN&show=a,b,neither&label=...&ctx=...&verb=get&by=context&at=AUDITID&raw=1` */
export const linesCodec: UrlCodec<LinesState> = {
  read(params) {
    const shown = params.get('show')
    const text = (name: string): string | null => params.get(name)?.slice(0, MOST_TEXT) || null
    return {
      a: params.get('a') ?? '',
      b: params.get('b') ?? '',
      runs: [...new Set(readList(params.get('runs')))],
      show: shown === null ? DIFFERENT : OUTCOMES.filter((outcome) => shown.split(',').includes(outcome)),
      only: Object.fromEntries(KINDS.flatMap((kind) => { const value = text(PARAMETER[kind]); return value === null ? [] : [[kind, value]] })),
      q: params.get('q')?.slice(0, 200) ?? '',
      by: KINDS.find((kind) => kind === params.get('by')) ?? 'label',
      at: text('at'),
      raw: params.get('raw') === '1',
    }
  },
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'a', state.a)
    setParam(params, 'b', state.b)
    setParam(params, 'runs', writeList(state.runs))
    if (state.show.join() !== DIFFERENT.join()) params.set('show', state.show.join(','))
    for (const kind of KINDS) setParam(params, PARAMETER[kind], state.only[kind] ?? '')
    setParam(params, 'q', state.q)
    setParam(params, 'by', state.by === 'label' ? '' : state.by)
    setParam(params, 'at', state.at ?? '')
    setParam(params, 'raw', state.raw ? '1' : '')
    return params
  },
}

/** Shows an outcome, or hides it; in their usual order. */
export function toggled(show: readonly Outcome[], outcome: Outcome): Outcome[] {
  return OUTCOMES.filter((one) => (one === outcome ? !show.includes(one) : show.includes(one)))
}

/** Narrows to a value of a kind; null takes the narrowing away. */
export function narrowed(only: LinesState['only'], kind: Kind, value: string | null): LinesState['only'] {
  const { [kind]: _, ...others } = only
  return value === null ? others : { ...others, [kind]: value }
}
