'use client'
import { Download, Play, Square, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Cell } from '@/lib/notebook/cell'
import { cellStates, type EditorState } from '@/lib/notebook/editor-state'
import { staleness } from '@/lib/notebook/staleness'
import { plural } from '@/components/format/number'
import { useLiveMessage } from '@/components/live/use-live'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { Empty } from '@/components/ui/notice'
import { showFailure, showToast } from '@/components/ui/toast'
import { CellFrame } from './cell-frame'
import { KIND_LOOKS } from './cell-kinds'
import type { NotebookChoices } from './notebook-choices'
import { NotebookSession, type OpenNotebook } from './notebook-session'
import { SaveMark, SaveTrouble } from './save-mark'
import { ShareButton } from './share-button'
import { useNotebookKeys } from './use-notebook-keys'

const REFRESH_MS = 1500

/** A notebook for reading, writing and running. */
export function NotebookView({ notebook, choices }: { notebook: OpenNotebook; choices: NotebookChoices }) {
  const [session] = useState(() => new NotebookSession(notebook))
  const state = useSyncExternalStore(session.subscribe, session.state, session.state)
  const { cells } = state.content.document
  const { dispatch } = session
  const states = useMemo(() => cellStates(state), [state])
  const stale = useMemo(() => staleness(cells, state.results, state.present), [cells, state.results, state.present])
  useLeaving(session)
  useFreshSources(session)
  const run = useCallback((id: string) => session.run([id]), [session])
  const remove = useCallback((id: string): void => {
    dispatch({ type: 'remove', id })
    showToast(`Cell ${id} is deleted.`, { action: { label: 'Undo', run: () => dispatch({ type: 'undo' }) } })
  }, [dispatch])
  const launch = useCallback((cell: Extract<Cell, { kind: 'experiment' }>) => launchFrom(session, cell, choices), [session, choices])
  useNotebookKeys(state, { dispatch, run, remove, dataset: choices.dataset })
  return (
    <div className="mx-auto w-full max-w-[60rem] px-4 pt-5 pb-24 lg:px-6">
      <NotebookHead notebook={notebook} state={state} session={session} staleCells={[...states.values()].filter((one) => one === 'stale').length} />
      <SaveTrouble save={state.save} onRetry={() => void session.flush().catch(showFailure)} />
      {cells.length === 0 ? <EmptyNotebook /> : null}
      <div className="space-y-4">
        {cells.map((cell, index) => (
          <CellFrame
            key={cell.id}
            cell={cell}
            index={index}
            cells={cells}
            choices={choices}
            state={states.get(cell.id) ?? 'idle'}
            stale={stale.get(cell.id)}
            result={state.results[cell.id]}
            selected={state.selected === cell.id}
            editing={state.editing && state.selected === cell.id}
            dispatch={dispatch}
            onRun={run}
            onRemove={remove}
            onLaunch={launch}
          />
        ))}
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-2 border-t border-line pt-4" role="group" aria-label="Add a cell">
        <span className="text-12 text-dim">Add</span>
        {KIND_LOOKS.map((look) => <Button key={look.kind} size="sm" title={look.hint} onClick={() => dispatch({ type: 'insert', kind: look.kind, at: cells.length, dataset: choices.dataset })}><look.icon aria-hidden />{look.label}</Button>)}
      </div>
    </div>
  )
}

function NotebookHead({ notebook, state, session, staleCells }: { notebook: OpenNotebook; state: EditorState; session: NotebookSession; staleCells: number }) {
  const busy = Object.keys(state.activity).length
  const download = (format: string): void => {
    session.flush().then(() => location.assign(`/api/notebooks/${notebook.id}/export?format=${format}`), showFailure)
  }
  return (
    <header className="sticky top-12 z-20 -mx-1 mb-6 border-b border-line bg-bg px-1 pb-2">
      <p className="mb-0.5 text-12 text-dim"><Link href="/notebooks" className="hover:text-ink hover:underline">Notebooks</Link> <span aria-hidden>/</span></p>
      <h1 className="sr-only">{state.content.title}</h1>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <input
          aria-label="Title"
          value={state.content.title}
          maxLength={200}
          onChange={(event) => session.dispatch({ type: 'rename', title: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
          className="h-9 min-w-60 flex-1 truncate rounded-md border border-transparent bg-transparent text-20 font-semibold hover:border-line focus:border-line"
        />
        <SaveMark save={state.save} />
        <Button tone="quiet" size="icon" aria-label="Undo" title="Undo (Ctrl Z)" disabled={state.history.past.length === 0} onClick={() => session.dispatch({ type: 'undo' })}><Undo2 /></Button>
        {busy > 0 ? <Button onClick={() => session.stop()}><Square aria-hidden />Stop, {busy} left</Button> : <Button tone="primary" onClick={() => session.run()} title={staleCells > 0 ? `${plural(staleCells, 'cell')} stale` : 'Runs what is not up to date'}><Play aria-hidden />Run all</Button>}
        <ShareButton id={notebook.id} token={notebook.shareToken} />
        <Menu trigger={<Button><Download aria-hidden />Export</Button>}>
          <MenuItem onSelect={() => download('md')}>Markdown, text and cells</MenuItem>
          <MenuItem onSelect={() => download('md-results')}>Markdown with results, figures as tables</MenuItem>
          <MenuItem onSelect={() => download('html')}>HTML, one file with outputs</MenuItem>
          <MenuItem onSelect={() => download('ipynb')}>Jupyter notebook (.ipynb)</MenuItem>
        </Menu>
      </div>
    </header>
  )
}

function EmptyNotebook() {
  return (
    <Empty title="Nothing is written yet">
      A notebook is text with its evidence: a query and its answer, a chart of it, an experiment and its runs. Each output says what it was made of, and when it no longer holds. Add a first cell below; press <b>?</b> for the keys.
    </Empty>
  )
}

/** Launches the experiment of a cell, ties the cell to the launch and shows it. */
function launchFrom(session: NotebookSession, cell: Extract<Cell, { kind: 'experiment' }>, choices: NotebookChoices): Promise<void> {
  const dataset = choices.datasets.find((one) => one.name === cell.dataset)?.id
  return callApi<{ id: string; runIds: string[] }>(`/api/experiments/${cell.experiment}/launch`, { method: 'POST', body: { dataset, scale: cell.scale } }).then(({ id, runIds }) => {
    showToast(`${plural(runIds.length, 'run')} wait for a worker.`)
    session.dispatch({ type: 'change', cell: { ...cell, launch: id } })
    session.run([cell.id])
  }, showFailure)
}

/** Nothing typed is lost by going away: it is sent, or the browser asks. */
function useLeaving(session: NotebookSession): void {
  useEffect(() => {
    void session.catchUp()
    const leave = (event: BeforeUnloadEvent): void => {
      if (session.saved) return
      void session.flush().catch(() => undefined)
      event.preventDefault()
    }
    window.addEventListener('beforeunload', leave)
    return () => {
      window.removeEventListener('beforeunload', leave)
      void session.flush().catch(() => undefined)
    }
  }, [session])
}

/** Asks anew what cells would be made of when runs or data sets change, and when the reader comes back. */
function useFreshSources(session: NotebookSession): void {
  const [asked, setAsked] = useState(0)
  useLiveMessage('run', (run) => {
    if (run.state !== 'running' && run.state !== 'queued') setAsked((now) => now + 1)
  })
  useLiveMessage('dataset', () => setAsked((now) => now + 1))
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') setAsked((now) => now + 1)
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  }, [])
  useEffect(() => {
    if (asked === 0) return undefined
    const timer = setTimeout(() => void session.refresh(), REFRESH_MS)
    return () => clearTimeout(timer)
  }, [session, asked])
}
