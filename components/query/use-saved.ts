'use client'
import { useState } from 'react'
import type { NamedQuery, SavedQuery } from '@/lib/contexts/saved-query'
import { callApi } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'

type Done = (text: string, undo: () => Promise<void>) => void
const ADDRESS = '/api/queries/saved'

/** The saved queries and what can be done with them; each can be taken back. */
export function useSaved(first: readonly SavedQuery[], done: Done) {
  const [saved, setSaved] = useState(first)
  const put = (query: SavedQuery): void => setSaved((now) => [...now.filter(({ id }) => id !== query.id), query].sort(byFolder))
  const create = async (query: NamedQuery): Promise<SavedQuery> => {
    const made = await callApi<SavedQuery>(ADDRESS, { method: 'POST', body: query })
    put(made)
    return made
  }
  const write = async (id: string, to: Partial<NamedQuery>): Promise<void> => put(await callApi<SavedQuery>(`${ADDRESS}/${encodeURIComponent(id)}`, { method: 'PUT', body: to }))
  const destroy = async (id: string): Promise<void> => {
    await callApi(`${ADDRESS}/${encodeURIComponent(id)}`, { method: 'DELETE' })
    setSaved((now) => now.filter((one) => one.id !== id))
  }
  return {
    saved,
    /** Fails with the server's words, for the dialog to show. */
    save: async (query: NamedQuery): Promise<void> => {
      const made = await create(query)
      done(`“${made.name}” is saved.`, () => destroy(made.id))
    },
    change: async (before: SavedQuery, to: Partial<NamedQuery>): Promise<void> => {
      await write(before.id, to)
      const { name, text, folder, description } = before
      done(`“${to.name ?? name}” is changed.`, () => write(before.id, { name, text, folder, description }))
    },
    remove: (query: SavedQuery): Promise<void> => destroy(query.id).then(() => {
      const { name, text, folder, description, datasetId } = query
      done(`“${name}” is deleted.`, async () => void (await create({ name, text, folder, description, datasetId })))
    }, showFailure),
  }
}

function byFolder(a: SavedQuery, b: SavedQuery): number {
  return a.folder.localeCompare(b.folder) || a.name.localeCompare(b.name)
}
