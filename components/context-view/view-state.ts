import { SCALES, type ScaleKind } from '@/lib/contexts/view/time-scale'
import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

export const TABS = ['timeline', 'effects', 'changes', 'graph', 'events'] as const
export type Tab = (typeof TABS)[number]

/** What a reader of a context looks at; all of it is in the address. */
export interface ViewState {
  readonly tab: Tab
  /** auditID of the chosen event. */
  readonly event: string | null
  /** Milliseconds after the trigger that the timeline shows; null for all. */
  readonly zoom: { readonly from: number; readonly to: number } | null
  readonly scale: ScaleKind
  /** The object whose changes are shown: resource, namespace and name as JSON; null for the trigger's. */
  readonly object: string | null
}

export const FIRST_STATE: ViewState = { tab: 'timeline', event: null, zoom: null, scale: 'log', object: null }

function readZoom(text: string | null): ViewState['zoom'] {
  const [from, to] = (text ?? '').split('~').map(Number)
  return from !== undefined && to !== undefined && text !== '' && Number.isFinite(from) && Number.isFinite(to) && from < to ? { from, to } : null
}

export const viewCodec: UrlCodec<ViewState> = {
  read: (params) => ({
    tab: TABS.find((tab) => tab === params.get('tab')) ?? FIRST_STATE.tab,
    event: params.get('event') || null,
    zoom: readZoom(params.get('zoom')),
    scale: SCALES.find((scale) => scale === params.get('scale')) ?? FIRST_STATE.scale,
    object: params.get('object') || null,
  }),
  write: ({ tab, event, zoom, scale, object }) => {
    const params = new URLSearchParams()
    setParam(params, 'tab', tab === FIRST_STATE.tab ? '' : tab)
    setParam(params, 'event', event ?? '')
    setParam(params, 'zoom', zoom === null ? '' : `${zoom.from}~${zoom.to}`)
    setParam(params, 'scale', scale === FIRST_STATE.scale ? '' : scale)
    setParam(params, 'object', object ?? '')
    return params
  },
}

export type ChangeState = (next: (now: ViewState) => ViewState, push?: boolean) => void
