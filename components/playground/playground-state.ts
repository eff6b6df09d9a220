import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

export interface PlaygroundState {
  readonly query: string
  readonly context: string | null
  readonly event: string | null
  readonly tab: 'contexts' | 'lines'
  readonly sort: 'time' | 'events'
  /** The sample is loaded by itself, so that a link to it shows the same. */
  readonly sample: boolean
}

/** `/playground?sample=1&q=...&context=...&event=...`; a pasted log itself never enters the address. */
export const playgroundCodec: UrlCodec<PlaygroundState> = {
  read: (params) => ({
    query: params.get('q') ?? '',
    context: params.get('context') || null,
    event: params.get('event') || null,
    tab: params.get('tab') === 'lines' ? 'lines' : 'contexts',
    sort: params.get('sort') === 'events' ? 'events' : 'time',
    sample: params.get('sample') === '1',
  }),
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'sample', state.sample ? '1' : '')
    setParam(params, 'tab', state.tab === 'lines' ? 'lines' : '')
    setParam(params, 'sort', state.sort === 'events' ? 'events' : '')
    setParam(params, 'q', state.query)
    setParam(params, 'context', state.context ?? '')
    setParam(params, 'event', state.event ?? '')
    return params
  },
}
