import { freshId, newCell, type Cell, type CellKind, type NotebookDocument } from './cell'
import { NO_HISTORY, noteChange, redo, undo, type History } from './history'
import type { CellResult, Results } from './result'
import { staleness, type Present } from './staleness'

export interface Content { readonly title: string; readonly document: NotebookDocument }

/** What a cell is doing: asked to run and waiting, at work, or neither. */
export type Activity = 'queued' | 'running'
export type CellState = 'idle' | 'queued' | 'running' | 'done' | 'failed' | 'stale'

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly message: string }
  /** Somebody else has saved since: nothing more is sent until the reader decides. */
  | { readonly kind: 'conflict'; readonly message: string }

export interface EditorState {
  readonly content: Content
  readonly history: History<Content>
  readonly revision: number
  readonly save: SaveState
  readonly results: Results
  readonly present: Present
  readonly activity: Readonly<Record<string, Activity>>
  readonly selected: string | null
  readonly editing: boolean
}

export type EditorAction =
  | { readonly type: 'insert'; readonly kind: CellKind; readonly at: number; readonly dataset: string }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'move'; readonly id: string; readonly by: -1 | 1 }
  | { readonly type: 'change'; readonly cell: Cell }
  | { readonly type: 'convert'; readonly id: string; readonly kind: CellKind; readonly dataset: string }
  | { readonly type: 'rename'; readonly title: string }
  | { readonly type: 'select'; readonly id: string | null }
  | { readonly type: 'step'; readonly by: -1 | 1 }
  | { readonly type: 'edit'; readonly id: string }
  | { readonly type: 'leave' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'queue'; readonly ids: readonly string[] }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'finished'; readonly id: string; readonly result: CellResult | null }
  | { readonly type: 'idle' }
  | { readonly type: 'present'; readonly present: Present }
  | { readonly type: 'saving' }
  | { readonly type: 'saved'; readonly revision: number; readonly content: Content }
  | { readonly type: 'save-failed'; readonly save: Extract<SaveState, { kind: 'failed' | 'conflict' }> }

export function openEditor(notebook: Content & { readonly revision: number; readonly results: Results; readonly present: Present }): EditorState {
  const { title, document, revision, results, present } = notebook
  return { content: { title, document }, history: NO_HISTORY, revision, save: { kind: 'saved' }, results, present, activity: {}, selected: document.cells[0]?.id ?? null, editing: false }
}

/** What each cell's mark says. */
export function cellStates(state: EditorState): ReadonlyMap<string, CellState> {
  const stale = staleness(state.content.document.cells, state.results, state.present)
  return new Map(state.content.document.cells.map((cell) => [cell.id, stateOf(state, cell.id, stale.has(cell.id))]))
}

function stateOf({ activity, results }: EditorState, id: string, stale: boolean): CellState {
  const busy = activity[id]
  const result = results[id]
  if (busy) return busy
  if (!result) return 'idle'
  if (stale) return 'stale'
  return result.output ? 'done' : 'failed'
}

/** Every change of an open notebook; states are never changed in place. */
export function editNotebook(state: EditorState, action: EditorAction): EditorState {
  switch (action.type) {
    case 'insert': return insert(state, action)
    case 'remove': return remove(state, action.id)
    case 'move': return move(state, action)
    case 'change': return change(state, action.cell)
    case 'convert': return convert(state, action)
    case 'rename': return commit(state, { ...state.content, title: action.title, document: { ...state.content.document, heading: true } }, 'title')
    case 'select': return select(state, action.id)
    case 'step': return step(state, action.by)
    case 'edit': return { ...select(state, action.id), editing: true }
    case 'leave': return { ...state, editing: false, history: { ...state.history, about: null } }
    case 'undo': return travel(state, undo(state.history, state.content))
    case 'redo': return travel(state, redo(state.history, state.content))
    case 'queue': return { ...state, activity: { ...state.activity, ...Object.fromEntries(action.ids.map((id) => [id, 'queued' as const])) } }
    case 'started': return { ...state, activity: { ...state.activity, [action.id]: 'running' } }
    case 'finished': return finished(state, action.id, action.result)
    case 'idle': return { ...state, activity: {} }
    case 'present': return { ...state, present: action.present }
    case 'saving': return { ...state, save: { kind: 'saving' } }
    case 'saved': return { ...state, revision: action.revision, save: { kind: state.content === action.content ? 'saved' : 'changed' } }
    case 'save-failed': return { ...state, save: action.save }
  }
}

function commit(state: EditorState, content: Content, about: string | null): EditorState {
  const save: SaveState = state.save.kind === 'conflict' || state.save.kind === 'saving' ? state.save : { kind: 'changed' }
  return { ...state, content, history: noteChange(state.history, state.content, about), save }
}

function withCells(state: EditorState, cells: readonly Cell[], about: string | null = null): EditorState {
  return commit(state, { ...state.content, document: { ...state.content.document, cells: [...cells] } }, about)
}

function insert(state: EditorState, { kind, at, dataset }: Extract<EditorAction, { type: 'insert' }>): EditorState {
  const { cells } = state.content.document
  const cell = newCell(kind, freshId([...cells, ...Object.keys(state.results).map((id) => ({ id }))]), dataset)
  return { ...withCells(state, cells.toSpliced(at, 0, cell)), selected: cell.id, editing: true }
}

function remove(state: EditorState, id: string): EditorState {
  const { cells } = state.content.document
  const at = cells.findIndex((cell) => cell.id === id)
  if (at < 0) return state
  const rest = cells.toSpliced(at, 1)
  return { ...withCells(state, rest), selected: (rest[at] ?? rest[at - 1])?.id ?? null, editing: false }
}

function move(state: EditorState, { id, by }: Extract<EditorAction, { type: 'move' }>): EditorState {
  const { cells } = state.content.document
  const at = cells.findIndex((cell) => cell.id === id)
  const cell = cells[at]
  if (!cell || at + by < 0 || at + by >= cells.length) return state
  return withCells(state, cells.toSpliced(at, 1).toSpliced(at + by, 0, cell))
}

function change(state: EditorState, cell: Cell): EditorState {
  const { cells } = state.content.document
  return cells.some((one) => one.id === cell.id) ? withCells(state, cells.map((one) => (one.id === cell.id ? cell : one)), `cell ${cell.id}`) : state
}

/** Another kind of cell with the same text; what only its old kind had is lost, and comes back by undo. */
function convert(state: EditorState, { id, kind, dataset }: Extract<EditorAction, { type: 'convert' }>): EditorState {
  const { cells } = state.content.document
  const cell = cells.find((one) => one.id === id)
  if (!cell || cell.kind === kind) return state
  return withCells(state, cells.map((one) => (one === cell ? { ...newCell(kind, id, dataset), text: cell.text } : one)))
}

function select(state: EditorState, id: string | null): EditorState {
  return state.selected === id ? state : { ...state, selected: id, editing: false, history: { ...state.history, about: null } }
}

function step(state: EditorState, by: -1 | 1): EditorState {
  const { cells } = state.content.document
  const at = cells.findIndex((cell) => cell.id === state.selected)
  const next = cells[at < 0 ? 0 : Math.max(0, Math.min(cells.length - 1, at + by))]
  return next ? select(state, next.id) : state
}

function travel(state: EditorState, to: { readonly state: Content; readonly history: History<Content> } | null): EditorState {
  if (!to) return state
  const { cells } = to.state.document
  const before = new Set(state.content.document.cells.map((cell) => cell.id))
  const back = cells.find((cell) => !before.has(cell.id))?.id
  const selected = back ?? (cells.some((cell) => cell.id === state.selected) ? state.selected : (cells[0]?.id ?? null))
  const save: SaveState = state.save.kind === 'conflict' || state.save.kind === 'saving' ? state.save : { kind: 'changed' }
  return { ...state, content: to.state, history: to.history, selected, editing: false, save }
}

function finished(state: EditorState, id: string, result: CellResult | null): EditorState {
  const { [id]: _done, ...activity } = state.activity
  if (!result) return { ...state, activity }
  const { dataset, runs } = result.made
  return { ...state, activity, results: { ...state.results, [id]: result }, present: { ...state.present, [id]: { dataset, runs } } }
}
