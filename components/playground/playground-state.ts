import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'
import { SHOWN, type Shown } from './protocol'

export interface PlaygroundState {
  readonly query: string
  readonly context: string | null
  readonly event: string | null
  readonly tab: 'contexts' | 'lines'
  readonly sort: 'time' | 'events'
  /** Which lines are listed, by where their label comes from. */
  readonly show: Shown
  /** A model's id, 'none', or '' for the default. */
  readonly model: string
  /** The sample is loaded by itself, so that a link to it shows the same. */
  readonly sample: boolean
}

const toShown = (text: string | null): Shown => SHOWN.find((shown) => shown === text) ?? 'all'

/** `/playground?sample=1&model=...&q=...&context=...&event=...`; a pasted log itself never enters the address. */
export const playgroundCodec: UrlCodec<PlaygroundState> = {
  read: (params) => ({
    query: params.get('q') ?? '',
    context: params.get('context') || null,
    event: params.get('event') || null,
    tab: params.get('tab') === 'lines' ? 'lines' : 'contexts',
    sort: params.get('sort') === 'events' ? 'events' : 'time',
    show: toShown(params.get('show')),
    model: params.get('model') ?? '',
    sample: params.get('sample') === '1',
  }),
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'sample', state.sample ? '1' : '')
    setParam(params, 'model', state.model)
    setParam(params, 'tab', state.tab === 'lines' ? 'lines' : '')
    setParam(params, 'show', state.show === 'all' ? '' : state.show)
    setParam(params, 'sort', state.sort === 'events' ? 'events' : '')
    setParam(params, 'q', state.query)
    setParam(params, 'context', state.context ?? '')
    setParam(params, 'event', state.event ?? '')
    return params
  },
}
