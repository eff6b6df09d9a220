import { readList, setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'
import { KINDS, type Kind } from '@/components/lines/lines-state'

export const CURVES = ['validationLoss', 'validationAccuracy', 'loss', 'accuracy'] as const
export type Curve = (typeof CURVES)[number]

export interface CompareState {
  readonly runs: readonly string[]
  readonly baseline: string | null
  readonly all: boolean
  readonly curve: Curve
  readonly smoothing: number
  /** The run whose differences to the baseline are looked at. */
  readonly pair: string | null
  /** What its differences are counted by. */
  readonly by: Kind
  /** The measure that repetitions are compared by. */
  readonly measure: string | null
}

/** `/compare?runs=a,b,c&base=a&all=1&curve=loss&smooth=0.6&pair=b&by=context&measure=lineAccuracy` */
export const compareCodec: UrlCodec<CompareState> = {
  read(params) {
    const smoothing = Number(params.get('smooth') ?? 0)
    return {
      runs: [...new Set(readList(params.get('runs')))],
      baseline: params.get('base') || null,
      all: params.get('all') === '1',
      curve: CURVES.find((name) => name === params.get('curve')) ?? 'validationLoss',
      smoothing: smoothing > 0 && smoothing < 1 ? smoothing : 0,
      pair: params.get('pair') || null,
      by: KINDS.find((kind) => kind === params.get('by')) ?? 'label',
      measure: params.get('measure') || null,
    }
  },
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'runs', state.runs.join(','))
    setParam(params, 'base', state.baseline ?? '')
    setParam(params, 'all', state.all ? '1' : '')
    setParam(params, 'curve', state.curve === 'validationLoss' ? '' : state.curve)
    setParam(params, 'smooth', state.smoothing > 0 ? String(state.smoothing) : '')
    setParam(params, 'pair', state.pair ?? '')
    setParam(params, 'by', state.by === 'label' ? '' : state.by)
    setParam(params, 'measure', state.measure ?? '')
    return params
  },
}
