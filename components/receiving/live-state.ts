import type { UrlCodec } from '@/components/url/use-url-state'
import { setParam } from '@/components/url/list-codec'

/** What the address of /live says. */
export interface LiveViewState { readonly q: string; readonly alerts: 'open' | 'all' }

export const liveCodec: UrlCodec<LiveViewState> = {
  read: (params) => ({ q: params.get('q') ?? '', alerts: params.get('alerts') === 'all' ? 'all' : 'open' }),
  write: ({ q, alerts }) => {
    const params = new URLSearchParams()
    setParam(params, 'q', q)
    setParam(params, 'alerts', alerts === 'open' ? '' : alerts)
    return params
  },
}
