import { AuditweaveError } from '@/lib/audit/errors'
import { freshId, MOST_CELLS, titleSchema, type Cell, type NotebookDocument } from './cell'
import { dependenciesOf } from './dependencies'
import { cellOfFence, parseInfo, readFence } from './fence'
import { piecesOf, type Piece } from './markdown/pieces'

export interface ImportedNotebook {
  readonly title: string
  readonly document: NotebookDocument
  /** What could not be read as a cell and stays as text, by line. */
  readonly notes: readonly string[]
}

interface Read { readonly cell: Cell; /** Whether its id was written down. */ readonly named: boolean }

/** White space that is kept; more of it becomes one empty line. */
const LONGEST_GAP = 10_000

/**
 * Reads Markdown as a notebook: a first line `# ...` is its title, fenced blocks `query`, `chart`, `experiment`, `comparison` and `context`
 * are cells, and the text between them, parted at headings of the first two levels, too. `exportMarkdown` gives the same text back.
 * @throws AuditweaveError 'notebook-too-large' beyond 500 cells
 */
export function importMarkdown(text: string, fallbackTitle = 'Imported notebook'): ImportedNotebook {
  const head = titleLine(text)
  const begin = head?.length ?? 0
  const pieces = piecesOf(text, begin)
  if (pieces.length > MOST_CELLS) throw new AuditweaveError('notebook-too-large', `The Markdown has ${pieces.length} parts, more than the ${MOST_CELLS} cells that a notebook takes. Part it into several files.`)
  const notes: string[] = []
  const named = new Set<string>()
  const read = pieces.map((piece) => readPiece(text, piece, named, notes))
  const cells = withIds(read).map((cell, index) => withGap(cell, text.slice(pieces[index - 1]?.end ?? begin, pieces[index]?.start), index > 0 || head ? '\n\n' : ''))
  const tail = text.slice(pieces.at(-1)?.end ?? begin)
  const title = head?.title ?? firstHeading(cells) ?? fallbackTitle
  return { title, notes, document: { cells, heading: head !== null, ...(tail === '\n' || tail.length > LONGEST_GAP ? {} : { tail }) } }
}

function withGap(cell: Cell, gap: string, usual: string): Cell {
  return gap === usual || gap.length > LONGEST_GAP ? cell : { ...cell, gap }
}

function titleLine(text: string): { title: string; length: number } | null {
  const line = /^# ([^\n]+)(?=\n|$)/.exec(text)
  const title = titleSchema.safeParse(line?.[1])
  return line && title.success && title.data === line[1] ? { title: title.data, length: line[0].length } : null
}

function firstHeading(cells: readonly Cell[]): string | null {
  for (const cell of cells) {
    const found = titleSchema.safeParse(cell.kind === 'markdown' ? /^#{1,6} +(.+)$/m.exec(cell.text)?.[1] : undefined)
    if (found.success) return found.data
  }
  return null
}

const UNNAMED = 'c'

function readPiece(whole: string, piece: Piece, taken: Set<string>, notes: string[]): Read {
  const source = whole.slice(piece.start, piece.end)
  const plain: Read = { cell: { kind: 'markdown', id: UNNAMED, text: source }, named: false }
  if (!piece.fenced) return plain
  const { info, text } = readFence(source)
  const read = cellOfFence(info, text, UNNAMED)
  const id = parseInfo(info)?.options.get('id')
  const problem = 'problem' in read ? read.problem : id !== undefined && taken.has(id) ? `another block has the id ${id}` : null
  if ('kind' in read && problem === null) {
    if (id !== undefined) taken.add(id)
    return { cell: { ...read, asWritten: source }, named: id !== undefined }
  }
  notes.push(`Line ${piece.line}: this ${info.trim().split(/\s/)[0] ?? ''} block stays text: ${problem ?? 'it is no cell'}.`)
  return plain
}

/** Cells without a written id get fresh ones that nobody names, so that none is taken for another. */
function withIds(read: readonly Read[]): Cell[] {
  const taken = read.flatMap(({ cell, named }) => [...(named ? [{ id: cell.id }] : []), ...dependenciesOf(cell).map((id) => ({ id }))])
  return read.map(({ cell, named }) => {
    if (named) return cell
    const id = freshId(taken)
    taken.push({ id })
    return { ...cell, id }
  })
}
