import type { UrlCodec } from '@/components/url/use-url-state'
import { setParam } from '@/components/url/list-codec'

export const IMPORTANCE_MEASURES = ['accuracy', 'macroF1', 'confidence'] as const
export type ImportanceMeasure = (typeof IMPORTANCE_MEASURES)[number]

export const MEASURE_TEXT: Readonly<Record<ImportanceMeasure, { label: string; axis: string; hint: string }>> = {
  accuracy: { label: 'accuracy', axis: 'line accuracy lost', hint: 'Share of lines with the whole label right' },
  macroF1: { label: 'macro F1', axis: 'macro F1 lost', hint: 'Every distinct label weighs the same' },
  confidence: { label: 'confidence', axis: 'mean confidence lost', hint: 'Falls before any label changes: it tells features apart where the model is always right' },
}

/** How a model's page shows what it looks at; kept in the address. */
export interface ExplanationState { /** Null is what tells most of this model. */ readonly measure: ImportanceMeasure | null; readonly by: 'features' | 'groups'; readonly depth: number }

const DEPTHS = [1, 20] as const
const DEFAULTS: ExplanationState = { measure: null, by: 'groups', depth: 4 }

export const explanationCodec: UrlCodec<ExplanationState> = {
  read(params) {
    const depth = Number(params.get('depth') ?? DEFAULTS.depth)
    return {
      measure: IMPORTANCE_MEASURES.find((measure) => measure === params.get('measure')) ?? null,
      by: params.get('by') === 'features' ? 'features' : DEFAULTS.by,
      depth: Number.isInteger(depth) ? Math.max(DEPTHS[0], Math.min(DEPTHS[1], depth)) : DEFAULTS.depth,
    }
  },
  write({ measure, by, depth }) {
    const params = new URLSearchParams()
    setParam(params, 'measure', measure ?? '')
    setParam(params, 'by', by === DEFAULTS.by ? '' : by)
    setParam(params, 'depth', depth === DEFAULTS.depth ? '' : String(depth))
    return params
  },
}
