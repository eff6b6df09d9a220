import { readList, setParam, writeList } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'
import type { RunLine } from './run-line'

/** Columns whose values are few, each with its own choice of values. */
export const FACETS = ['state', 'protocol', 'experiment', 'dataset', 'preset'] as const
export type Facet = (typeof FACETS)[number]

export interface RunsState {
  readonly q: string
  readonly facets: Readonly<Partial<Record<Facet, readonly string[]>>>
  readonly sort: readonly { readonly id: string; readonly desc: boolean }[]
  readonly group: Facet | 'window' | null
  readonly columns: readonly string[]
  readonly selected: readonly string[]
}

export const DEFAULT_COLUMNS = ['number', 'name', 'state', 'protocol', 'window', 'windowF1', 'lineF1', 'lineAccuracy', 'trainSeconds', 'inferMillis', 'epochs', 'createdAt']
const DEFAULT_SORT = [{ id: 'number', desc: true }]

/** `?q=w>20&state=done&sort=-windowF1&group=protocol&cols=number,name&sel=a,b` */
export const runsCodec: UrlCodec<RunsState> = {
  read(params) {
    const facets: Partial<Record<Facet, string[]>> = {}
    for (const facet of FACETS) if (params.has(facet)) facets[facet] = readList(params.get(facet))
    const sort = readList(params.get('sort')).map((item) => (item.startsWith('-') ? { id: item.slice(1), desc: true } : { id: item, desc: false }))
    const columns = readList(params.get('cols'))
    const group = params.get('group')
    return {
      q: params.get('q') ?? '',
      facets,
      sort: sort.length > 0 ? sort : DEFAULT_SORT,
      group: [...FACETS, 'window' as const].find((name) => name === group) ?? null,
      columns: columns.length > 0 ? columns : DEFAULT_COLUMNS,
      selected: readList(params.get('sel')),
    }
  },
  write(state) {
    const params = new URLSearchParams()
    setParam(params, 'q', state.q)
    for (const facet of FACETS) setParam(params, facet, writeList(state.facets[facet] ?? []))
    const sort = writeList(state.sort.map(({ id, desc }) => `${desc ? '-' : ''}${id}`))
    setParam(params, 'sort', sort === '-number' ? '' : sort)
    setParam(params, 'group', state.group ?? '')
    const columns = writeList(state.columns)
    setParam(params, 'cols', columns === writeList(DEFAULT_COLUMNS) ? '' : columns)
    setParam(params, 'sel', writeList(state.selected))
    return params
  },
}

export type RunTest = (run: RunLine) => boolean

/** Whether a run passes the facets and every word of the filter. */
export function runTest(state: Pick<RunsState, 'q' | 'facets'>): RunTest {
  const facets = FACETS.flatMap((facet): RunTest[] => {
    const values = state.facets[facet]
    return values ? [(run) => values.includes(run[facet] ?? '')] : []
  })
  const tests = [...facets, ...state.q.split(/\s+/).filter(Boolean).map(wordTest)]
  return (run) => tests.every((test) => test(run))
}

const CONDITION = /^([a-z][a-z0-9]*)(>=|<=|>|<|=|:)(.+)$/i
/** Short names for what is often asked. */
const ALIASES: Readonly<Record<string, keyof RunLine>> = { w: 'window', f1: 'windowF1', acc: 'lineAccuracy', accuracy: 'lineAccuracy', time: 'trainSeconds', n: 'number' }

/** `w>20`, `f1>=.95`, `state:done` compare a column; any other word is looked for in name, tags, engine and worker. */
function wordTest(word: string): RunTest {
  const [, name = '', operator = '', wanted = ''] = CONDITION.exec(word) ?? []
  const column = ALIASES[name.toLowerCase()] ?? name
  if (operator) {
    return (run) => {
      const value = Object.hasOwn(run, column) ? (run as unknown as Record<string, unknown>)[column] : undefined
      return compare(value, operator, wanted)
    }
  }
  const text = word.toLowerCase()
  return (run) => searchText(run).includes(text)
}

const searchTexts = new WeakMap<RunLine, string>()

/** What words are looked for in; kept, as every key typed asks it of ten thousand runs. Words hold no white space, so none spans two lines. */
function searchText(run: RunLine): string {
  const known = searchTexts.get(run)
  if (known !== undefined) return known
  const text = [run.name, `#${run.number}`, run.engine ?? '', run.worker ?? '', run.dataset, run.experiment ?? '', ...run.tags].join('\n').toLowerCase()
  searchTexts.set(run, text)
  return text
}

function compare(value: unknown, operator: string, wanted: string): boolean {
  if (operator === ':') return String(value ?? '').toLowerCase().includes(wanted.toLowerCase())
  if (typeof value !== 'number') return operator === '=' && String(value ?? '') === wanted
  const bound = Number(wanted)
  switch (operator) {
    case '>': return value > bound
    case '<': return value < bound
    case '>=': return value >= bound
    case '<=': return value <= bound
    default: return value === bound
  }
}

/** Values of a facet with how many runs bear each, commonest first. */
export function facetCounts(runs: readonly RunLine[], facet: Facet): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const run of runs) counts.set(run[facet] ?? '', (counts.get(run[facet] ?? '') ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}
