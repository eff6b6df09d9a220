'use client'
import { isRunnable } from '@/lib/notebook/cell'
import type { EditorAction, EditorState } from '@/lib/notebook/editor-state'
import { useKey } from '@/components/keys/use-key'
import { KIND_LOOKS } from './cell-kinds'

interface Hands { readonly dispatch: (action: EditorAction) => void; readonly run: (id: string) => void; readonly remove: (id: string) => void; readonly dataset: string }

const GROUP = 'Notebook'

/** The keys of a notebook while no field has the focus; those of a cell that is edited belong to its field. */
export function useNotebookKeys(state: EditorState, { dispatch, run, remove, dataset }: Hands): void {
  const { cells } = state.content.document
  const at = cells.findIndex((cell) => cell.id === state.selected)
  const cell = cells[at]
  const step = (by: -1 | 1) => (): void => dispatch({ type: 'step', by })
  useKey('j', 'Next cell', GROUP, step(1))
  useKey('k', 'Previous cell', GROUP, step(-1))
  useKey('ArrowDown', 'Next cell', GROUP, step(1))
  useKey('ArrowUp', 'Previous cell', GROUP, step(-1))
  useKey('a', 'Insert a cell above', GROUP, () => dispatch({ type: 'insert', kind: 'markdown', at: Math.max(0, at), dataset }))
  useKey('b', 'Insert a cell below', GROUP, () => dispatch({ type: 'insert', kind: 'markdown', at: at + 1, dataset }))
  useKey('d d', 'Delete the cell', GROUP, () => cell && remove(cell.id), { enabled: cell !== undefined })
  useKey('shift+Enter', 'Run the cell and go on', GROUP, () => {
    if (cell && isRunnable(cell)) run(cell.id)
    dispatch({ type: 'step', by: 1 })
  })
  useKey('alt+ArrowUp', 'Move the cell up', GROUP, () => cell && dispatch({ type: 'move', id: cell.id, by: -1 }))
  useKey('alt+ArrowDown', 'Move the cell down', GROUP, () => cell && dispatch({ type: 'move', id: cell.id, by: 1 }))
  useKey('mod+z', 'Undo', GROUP, () => dispatch({ type: 'undo' }))
  useKey('mod+shift+z', 'Redo', GROUP, () => dispatch({ type: 'redo' }))
  useKindKeys((kind) => cell && dispatch({ type: 'convert', id: cell.id, kind, dataset }))
}

function useKindKeys(convert: (kind: (typeof KIND_LOOKS)[number]['kind']) => void): void {
  const [text, query, chart, experiment, comparison, context] = KIND_LOOKS
  useKey(text?.key ?? 'm', 'Change to text', GROUP, () => convert('markdown'))
  useKey(query?.key ?? 'q', 'Change to a query', GROUP, () => convert('query'))
  useKey(chart?.key ?? 'c', 'Change to a chart', GROUP, () => convert('chart'))
  useKey(experiment?.key ?? 'e', 'Change to an experiment', GROUP, () => convert('experiment'))
  useKey(comparison?.key ?? 'v', 'Change to a comparison', GROUP, () => convert('comparison'))
  useKey(context?.key ?? 'x', 'Change to a context', GROUP, () => convert('context'))
}
