'use client'
import { useState } from 'react'
import type { SavedView } from '@/lib/store/saved-views'
import { callApi } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'

export type { SavedView }

type Done = (text: string, undo: () => Promise<void>) => void

/** The saved views of a room and what can be done with them. */
export function useViews(room: string, first: readonly SavedView[], done: Done) {
  const [views, setViews] = useState(first)
  const path = (view: SavedView): string => `/api/views/${encodeURIComponent(view.id)}`
  const put = (view: SavedView): void => setViews((now) => [...now.filter((other) => other.id !== view.id), view].sort((a, b) => a.name.localeCompare(b.name)))
  const drop = (view: SavedView): void => setViews((now) => now.filter((other) => other.id !== view.id))
  const create = async (name: string, state: string): Promise<SavedView> => {
    const view = await callApi<SavedView>('/api/views', { method: 'POST', body: { room, name, state } })
    put(view)
    return view
  }
  const change = async (view: SavedView, to: { name?: string; state?: string }): Promise<void> => put(await callApi<SavedView>(path(view), { method: 'PUT', body: to }))
  const destroy = async (view: SavedView): Promise<void> => {
    await callApi(path(view), { method: 'DELETE' })
    drop(view)
  }
  const save = async (name: string, state: string): Promise<SavedView> => {
    const view = await create(name, state)
    done(`The view "${name}" is saved.`, () => destroy(view))
    return view
  }
  const overwrite = (view: SavedView, state: string): Promise<void> => change(view, { state }).then(() => done(`The view "${view.name}" is overwritten.`, () => change(view, { state: view.state })), showFailure)
  /** Fails with the server's words, for the dialog to show. */
  const rename = async (view: SavedView, name: string): Promise<void> => {
    await change(view, { name })
    done(`The view "${view.name}" is now "${name}".`, () => change(view, { name: view.name }))
  }
  const remove = (view: SavedView): Promise<void> => destroy(view).then(() => done(`The view "${view.name}" is deleted.`, async () => void (await create(view.name, view.state))), showFailure)
  return { views, save, overwrite, rename, remove }
}
