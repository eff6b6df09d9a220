'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { LogText } from '@/components/format/log-text'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import { Tip } from '@/components/ui/tip'
import { showFailure, showToast } from '@/components/ui/toast'

const LONGEST = 4000

/** What people wrote of a model; each change can be taken back. */
export function ModelNote({ id, note }: { id: string; note: string }) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  useKey('e', 'Edit the note', 'This model', () => setEditing(true), { enabled: !editing })
  const write = async (text: string): Promise<void> => {
    await callApi(`/api/models/${encodeURIComponent(id)}/about`, { method: 'PUT', body: { note: text } })
    router.refresh()
  }
  const save = (): void => {
    const text = area.current?.value ?? ''
    setEditing(false)
    if (text.trim() === note) return
    write(text).then(() => showToast('The note is written.', { action: { label: 'Undo', run: () => { write(note).catch(showFailure) } } }), showFailure)
  }
  const edit = <Tip label={note ? 'Edit the note' : 'Write a note'} keys="e"><Button size="sm" onClick={() => setEditing(true)}>{note ? 'Edit' : 'Write'}</Button></Tip>
  return (
    <Section title="Note" aside={editing ? null : edit}>
      {editing ? (
        <form action={save} className="max-w-[90ch]">
          {/* Asked for by a key or a button, so that the focus is expected here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <textarea ref={area} autoFocus aria-label="Note" defaultValue={note} maxLength={LONGEST} rows={5} className="w-full rounded-md border border-line bg-bg p-2.5" onKeyDown={(event) => { if (event.key === 'Escape') setEditing(false) }} />
          <div className="mt-2 flex gap-2"><Button type="submit" tone="primary" size="sm">Save</Button><Button size="sm" onClick={() => setEditing(false)}>Cancel</Button></div>
        </form>
      ) : note ? <div className="max-w-[90ch] space-y-2">{note.split('\n').map((line, index) => <p key={index}><LogText text={line || ' '} limit={LONGEST} /></p>)}</div> : <p className="text-dim">Nothing written yet.</p>}
    </Section>
  )
}
