import { readBrushes, writeBrushes, type Brush } from '@/components/columns/brush'
import type { SortBy } from '@/components/columns/order'
import { readList, setParam, writeList } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

/** Columns whose values are few, each with its own choice of values. */
export const FACETS = ['state', 'protocol', 'experiment', 'dataset', 'preset', 'kind'] as const
export type Facet = (typeof FACETS)[number]

export const PLOTS = ['parallel', 'scatter'] as const
export type PlotKind = (typeof PLOTS)[number]

export interface RunsState {
  readonly q: string
  readonly facets: Readonly<Partial<Record<Facet, readonly string[]>>>
  readonly sort: readonly SortBy[]
  /** Columns to group by, the outermost first. */
  readonly group: readonly string[]
  /** Whether groups show their runs. */
  readonly open: boolean
  readonly columns: readonly string[]
  readonly selected: readonly string[]
  /** The run that figures are compared with: an id, "none", or null for the pinned one. */
  readonly base: string | null
  /** Leaves out columns in which all runs in view agree. */
  readonly differs: boolean
  readonly plot: PlotKind | null
  /** Axes of the parallel coordinates; empty is what differs. */
  readonly axes: readonly string[]
  readonly x: string | null
  readonly y: string | null
  readonly color: string | null
  readonly brushes: readonly Brush[]
}

export const DEFAULT_COLUMNS = ['number', 'name', 'state', 'protocol', 'window', 'windowPartsF1', 'lineMacroF1', 'lineAccuracy', 'trainSeconds', 'inferMillisPerLine', 'epochsDone', 'created']
const DEFAULT_SORT: readonly SortBy[] = [{ id: 'number', desc: true }]

/** What columns were called in earlier addresses, and short names for what is often asked. */
const ALIASES: Readonly<Record<string, string>> = {
  w: 'window', f1: 'windowPartsF1', acc: 'lineAccuracy', accuracy: 'lineAccuracy', time: 'trainSeconds', n: 'number', run: 'number', tag: 'tags',
  windowF1: 'windowPartsF1', lineF1: 'lineMacroF1', weightedF1: 'lineWeightedF1', inferMillis: 'inferMillisPerLine', createdAt: 'created', startedAt: 'started', finishedAt: 'finished', epochs: 'epochsDone',
}

/** The key of a column as the reader names it. */
export function columnKey(name: string): string {
  return (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? name
}

/** `?q=w>20&state=done&sort=-windowPartsF1&group=experiment,preset&cols=number,name&sel=a,b&base=a&plot=parallel&brush=window:20..60` */
export const runsCodec: UrlCodec<RunsState> = { read: readState, write: writeState }

function readState(params: URLSearchParams): RunsState {
  const facets: Partial<Record<Facet, string[]>> = {}
  for (const facet of FACETS) if (params.has(facet)) facets[facet] = readList(params.get(facet))
  const sort = readList(params.get('sort')).map((item) => (item.startsWith('-') ? { id: columnKey(item.slice(1)), desc: true } : { id: columnKey(item), desc: false }))
  const columns = keys(params.get('cols'))
  return {
    q: params.get('q') ?? '',
    facets,
    sort: sort.length > 0 ? sort : DEFAULT_SORT,
    group: keys(params.get('group')),
    open: params.get('open') === '1',
    columns: columns.length > 0 ? columns : DEFAULT_COLUMNS,
    selected: readList(params.get('sel')),
    base: params.get('base') || null,
    differs: params.get('differs') === '1',
    plot: PLOTS.find((plot) => plot === params.get('plot')) ?? null,
    axes: keys(params.get('axes')),
    x: params.get('x') || null,
    y: params.get('y') || null,
    color: params.get('color') || null,
    brushes: readBrushes(params.get('brush')),
  }
}

function keys(text: string | null): string[] {
  return [...new Set(readList(text).map(columnKey))]
}

function writeState(state: RunsState): URLSearchParams {
  const params = new URLSearchParams()
  setParam(params, 'q', state.q)
  for (const facet of FACETS) setParam(params, facet, writeList(state.facets[facet] ?? []))
  const sort = writeList(state.sort.map(({ id, desc }) => `${desc ? '-' : ''}${id}`))
  setParam(params, 'sort', sort === '-number' ? '' : sort)
  setParam(params, 'group', writeList(state.group))
  setParam(params, 'open', state.open ? '1' : '')
  const columns = writeList(state.columns)
  setParam(params, 'cols', columns === writeList(DEFAULT_COLUMNS) ? '' : columns)
  setParam(params, 'base', state.base ?? '')
  setParam(params, 'differs', state.differs ? '1' : '')
  setParam(params, 'plot', state.plot ?? '')
  setParam(params, 'axes', writeList(state.axes))
  setParam(params, 'x', state.x ?? '')
  setParam(params, 'y', state.y ?? '')
  setParam(params, 'color', state.color ?? '')
  setParam(params, 'brush', writeBrushes(state.brushes))
  setParam(params, 'sel', writeList(state.selected))
  return params
}

/** What a saved view keeps: all but the selection, which is of the moment. */
export function viewState(state: RunsState): string {
  return writeState({ ...state, selected: [] }).toString()
}
