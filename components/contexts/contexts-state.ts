import { readBrushes, writeBrushes, type Brush } from '@/components/columns/brush'
import type { SortBy } from '@/components/columns/order'
import { readList, setParam, writeList } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'
import { DEFAULT_COLUMNS } from './context-columns'

/** What the list of contexts shows. */
export interface ContextsState {
  readonly q: string
  readonly sort: readonly SortBy[]
  /** Columns to group by, the outermost first. */
  readonly group: readonly string[]
  /** Whether groups show their contexts. */
  readonly open: boolean
  readonly columns: readonly string[]
  readonly brushes: readonly Brush[]
  readonly selected: readonly string[]
}

const DEFAULT_SORT: readonly SortBy[] = [{ id: 'time', desc: false }]

/** `?q=user:alice events>10&sort=-events&group=user,verb&open=1&cols=time,sentence&brush=time:1..2&sel=ctx-...` */
export const contextsCodec: UrlCodec<ContextsState> = { read, write }

function read(params: URLSearchParams): ContextsState {
  const sort = readList(params.get('sort')).map((item) => (item.startsWith('-') ? { id: item.slice(1), desc: true } : { id: item, desc: false }))
  const columns = readList(params.get('cols'))
  return {
    q: params.get('q') ?? '',
    sort: sort.length > 0 ? sort : DEFAULT_SORT,
    group: [...new Set(readList(params.get('group')))],
    open: params.get('open') === '1',
    columns: columns.length > 0 ? columns : DEFAULT_COLUMNS,
    brushes: readBrushes(params.get('brush')),
    selected: readList(params.get('sel')),
  }
}

function write(state: ContextsState): URLSearchParams {
  const params = new URLSearchParams()
  setParam(params, 'q', state.q)
  const sort = writeList(state.sort.map(({ id, desc }) => `${desc ? '-' : ''}${id}`))
  setParam(params, 'sort', sort === 'time' ? '' : sort)
  setParam(params, 'group', writeList(state.group))
  setParam(params, 'open', state.open ? '1' : '')
  const columns = writeList(state.columns)
  setParam(params, 'cols', columns === writeList(DEFAULT_COLUMNS) ? '' : columns)
  setParam(params, 'brush', writeBrushes(state.brushes))
  setParam(params, 'sel', writeList(state.selected))
  return params
}
