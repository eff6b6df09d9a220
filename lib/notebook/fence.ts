import { cellSchema, CELL_KINDS, isFreshId, type Cell, type RunnableCell } from './cell'

/** Kinds that are written as fenced blocks; the others are plain Markdown. */
const FENCED = new Set<string>(CELL_KINDS.filter((kind) => kind !== 'markdown'))
const OPTION = /\s+([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y

export function isCellInfo(info: string): boolean {
  return FENCED.has(/^\s*([a-z]+)/.exec(info)?.[1] ?? '')
}

/** `query id=a dataset="my log"` as a kind and its options; null where it is not of that form. */
export function parseInfo(info: string): { readonly kind: string; readonly options: ReadonlyMap<string, string> } | null {
  const line = info.trim()
  const kind = /^[a-z]+/.exec(line)?.[0]
  if (kind === undefined) return null
  const options = new Map<string, string>()
  OPTION.lastIndex = kind.length
  while (OPTION.lastIndex < line.length) {
    const [, name = '', quoted, bare = ''] = OPTION.exec(line) ?? []
    const value = quoted === undefined ? bare : unquote(quoted)
    if (name === '' || value === null || options.has(name)) return null
    options.set(name, value)
  }
  return { kind, options }
}

function unquote(text: string): string | null {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return null
  }
}

/** The cell that a fenced block describes, or why it describes none. `freshId` stands in where no id is written. */
export function cellOfFence(info: string, text: string, freshId: string): Cell | { readonly problem: string } {
  const parsed = parseInfo(info)
  if (parsed === null) return { problem: 'its options are not of the form name=value, or one is named twice' }
  const { id = freshId, ...options } = Object.fromEntries(parsed.options)
  const cell = cellSchema.safeParse({ ...options, kind: parsed.kind, id, text })
  if (cell.success) return cell.data
  const issue = cell.error.issues[0]
  return { problem: `${issue?.path.join('.') ?? ''}${issue?.path.length ? ': ' : ''}${issue?.message ?? 'not a cell'}` }
}

/** Options in the order they are written, those at their default left out. */
function optionsOf(cell: RunnableCell): readonly (readonly [string, string | undefined])[] {
  switch (cell.kind) {
    case 'query': return [['dataset', cell.dataset], ['of', cell.of === 'contexts' ? undefined : cell.of], ['view', cell.view === 'table' ? undefined : cell.view], ['limit', cell.limit === 20 ? undefined : String(cell.limit)]]
    case 'chart': return [['from', cell.from], ['experiment', cell.experiment], ['x', cell.x], ['y', cell.y], ['by', cell.by], ['where', cell.where]]
    case 'experiment': return [['experiment', cell.experiment], ['dataset', cell.dataset], ['scale', cell.scale], ['launch', cell.launch === 'latest' ? undefined : cell.launch], ['items', cell.items]]
    case 'comparison': return [['from', cell.from], ['runs', cell.runs], ['measures', cell.measures]]
    case 'context': return [['dataset', cell.dataset], ['context', cell.context], ['from', cell.from], ['pick', cell.pick === 'first' ? undefined : cell.pick]]
  }
}

function optionText(value: string): string {
  return /^[\w.,:@/+-]+$/.test(value) ? value : JSON.stringify(value).replaceAll('`', String.raw`\u0060`)
}

/** The first line of a cell's block: `query id=deletes dataset=lab-a`. */
export function infoOf(cell: RunnableCell, writeId: 'always' | 'named'): string {
  const id: readonly (readonly [string, string | undefined])[] = writeId === 'always' || !isFreshId(cell.id) ? [['id', cell.id]] : []
  const options = [...id, ...optionsOf(cell)].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${optionText(value)}`]))
  return [cell.kind, ...options].join(' ')
}

/** The fenced block of a cell. `referred` says that other cells name its id. */
export function fenceOf(cell: RunnableCell, referred: 'referred' | 'alone'): string {
  if (cell.asWritten !== undefined && saysTheSame(cell.asWritten, cell, referred)) return cell.asWritten
  const longest = Math.max(2, ...[...cell.text.matchAll(/^ {0,3}(`{3,})/gm)].map((run) => run[1]?.length ?? 0))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${infoOf(cell, referred === 'referred' ? 'always' : 'named')}\n${cell.text === '' ? '' : `${cell.text}\n`}${marks}`
}

/** A block's info line and body; the block is one whole fence. */
export function readFence(block: string): { readonly info: string; readonly text: string } {
  const lines = block.split('\n')
  return { info: (lines[0] ?? '').replace(/^`+/, ''), text: lines.slice(1, -1).join('\n') }
}

function saysTheSame(block: string, cell: RunnableCell, referred: 'referred' | 'alone'): boolean {
  const { info, text } = readFence(block)
  const written = cellOfFence(info, text, referred === 'referred' ? '' : cell.id)
  return 'kind' in written && contentKey(written) === contentKey(cell) && written.id === cell.id
}

/** All that a cell says, as one text: equal cells have equal keys, whatever the order of their parts. */
export function contentKey(cell: Cell): string {
  const { gap: _gap, asWritten: _written, id: _id, ...content } = cell
  return JSON.stringify(Object.entries(content).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)))
}
