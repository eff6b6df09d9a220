import { readList, setParam, writeList } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

/** What the address of the checks says: which are open, and the model that drift is against (empty for none yet). */
export interface ChecksState {
  readonly open: readonly string[]
  readonly model: string
}

export const checksCodec: UrlCodec<ChecksState> = {
  read: (params) => ({ open: readList(params.get('open')).slice(0, 60), model: params.get('model')?.slice(0, 64) ?? '' }),
  write: ({ open, model }) => {
    const params = new URLSearchParams()
    setParam(params, 'open', writeList(open))
    setParam(params, 'model', model)
    return params
  },
}
