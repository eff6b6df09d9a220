'use client'
import { FilePlus2, FileUp, LibraryBig, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Ago } from '@/components/format/ago'
import { plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { Empty } from '@/components/ui/notice'
import { showFailure, showToast } from '@/components/ui/toast'

export interface NotebookLine { readonly id: string; readonly title: string; readonly cells: number; readonly shared: boolean; readonly example: string | null; readonly updatedAt: string }

const LARGEST = 2_000_000

/** The notebooks, and the ways to a new one. `asked` says that the address asks for a new one. */
export function NotebooksList({ notebooks, examplesLeft, asked }: { notebooks: readonly NotebookLine[]; examplesLeft: number; asked: 'new' | null }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const attempt = (work: () => Promise<void>): void => {
    setBusy(true)
    work().catch(showFailure).finally(() => setBusy(false))
  }
  const create = (body: object, leave: (href: string) => void = (href) => router.push(href)): void => attempt(async () => {
    const { id, notes } = await callApi<{ id: string; notes: readonly string[] }>('/api/notebooks', { method: 'POST', body })
    for (const note of notes.slice(0, 3)) showToast(note, { tone: 'bad' })
    leave(`/notebooks/${id}`)
  })
  const read = (chosen: File): void => {
    if (chosen.size > LARGEST) return showFailure(new Error(`${chosen.name} is larger than the 2 MB that a notebook takes.`))
    attempt(async () => create({ markdown: await chosen.text(), name: chosen.name.slice(0, 255) }))
  }
  const addExamples = (): void => attempt(async () => {
    const { ids } = await callApi<{ ids: readonly string[] }>('/api/notebooks/examples', { method: 'POST' })
    showToast(ids.length > 0 ? `${plural(ids.length, 'example')} added.` : 'The examples are here already.')
    router.refresh()
  })
  const answered = useRef(false)
  useEffect(() => {
    if (asked === null || answered.current) return
    answered.current = true
    // In its place, so that going back does not make another one.
    create({}, (href) => router.replace(href))
  })
  useKey('n', 'New notebook', 'Notebooks', () => create({}))
  const examples = <Button tone={notebooks.length === 0 ? 'primary' : 'plain'} disabled={busy} onClick={addExamples}><LibraryBig aria-hidden />Add the examples</Button>
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button tone={notebooks.length === 0 ? 'plain' : 'primary'} disabled={busy} onClick={() => create({})} title="New notebook (n)"><FilePlus2 aria-hidden />New notebook</Button>
        <Button disabled={busy} onClick={() => file.current?.click()}><FileUp aria-hidden />Import Markdown</Button>
        <input ref={file} type="file" accept=".md,.markdown,.txt,text/markdown" aria-label="Choose a Markdown file" className="sr-only" tabIndex={-1} onChange={(event) => {
          const chosen = event.target.files?.[0]
          if (chosen) read(chosen)
          event.target.value = ''
        }} />
        {examplesLeft > 0 && notebooks.length > 0 ? examples : null}
      </div>
      {notebooks.length === 0 ? (
        <Empty title="No notebook yet" action={examples}>
          A notebook keeps an argument together with its evidence: text and mathematics, queries and their answers, charts, experiments and their runs, single contexts. Cells run in order, and say when what they show no longer holds. Three examples ship: the paper repeated, why .98 is .68, and an incident from alert to context.
        </Empty>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {notebooks.map((notebook) => <NotebookItem key={notebook.id} notebook={notebook} />)}
        </ul>
      )}
    </>
  )
}

function NotebookItem({ notebook }: { notebook: NotebookLine }) {
  const router = useRouter()
  const [deleting, setDeleting] = useState(false)
  const remove = async (): Promise<void> => {
    await callApi(`/api/notebooks/${notebook.id}`, { method: 'DELETE' }).catch(showFailure)
    router.refresh()
  }
  return (
    <li className="flex items-center gap-4 px-4 py-2.5 hover:bg-hover">
      <Link href={`/notebooks/${notebook.id}`} className="min-w-0 flex-1">
        <span className="block truncate text-14 font-medium text-accent">{notebook.title}</span>
        <span className="text-12 text-dim">{plural(notebook.cells, 'cell')}{notebook.example === null ? '' : ' · example'}{notebook.shared ? ' · shared' : ''} · saved <Ago at={notebook.updatedAt} /></span>
      </Link>
      <Button tone="quiet" size="icon" aria-label={`Delete ${notebook.title}`} onClick={() => setDeleting(true)}><Trash2 /></Button>
      <ConfirmByName open={deleting} onOpenChange={setDeleting} title="Delete the notebook?" name={notebook.title} consequence="Its text, its outputs and its shared address go with it. This cannot be undone; export it first to keep it." onConfirm={remove} />
    </li>
  )
}
