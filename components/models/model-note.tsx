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

interface About { readonly note: string; readonly tags: readonly string[] }

const tagsOf = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))]

/** What people wrote of a model; each change can be taken back. */
export function ModelNote({ id, note, tags }: About & { id: string }) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  useKey('e', 'Edit note and tags', 'This model', () => setEditing(true), { enabled: !editing })
  const write = async (about: About): Promise<void> => {
    await callApi(`/api/models/${encodeURIComponent(id)}/about`, { method: 'PUT', body: about })
    router.refresh()
  }
  const save = (form: FormData): void => {
    const wanted = { note: area.current?.value.trim() ?? '', tags: tagsOf(String(form.get('tags') ?? '')) }
    setEditing(false)
    if (wanted.note === note && wanted.tags.join() === tags.join()) return
    write(wanted).then(() => showToast('Note and tags are written.', { action: { label: 'Undo', run: () => { write({ note, tags }).catch(showFailure) } } }), showFailure)
  }
  const edit = <Tip label={note || tags.length > 0 ? 'Edit note and tags' : 'Write a note'} keys="e"><Button size="sm" onClick={() => setEditing(true)}>{note || tags.length > 0 ? 'Edit' : 'Write'}</Button></Tip>
  return (
    <Section title="Note" aside={editing ? null : edit}>
      {tags.length > 0 && !editing ? <ul aria-label="Tags" className="mb-3 flex flex-wrap gap-1.5">{tags.map((tag) => <li key={tag} className="rounded-sm border border-line px-1.5 text-12"><LogText text={tag} limit={64} /></li>)}</ul> : null}
      {editing ? (
        <form action={save} className="max-w-[90ch]">
          {/* Asked for by a key or a button, so that the focus is expected here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <textarea ref={area} autoFocus aria-label="Note" defaultValue={note} maxLength={LONGEST} rows={5} className="w-full rounded-md border border-line bg-bg p-2.5" onKeyDown={(event) => { if (event.key === 'Escape') setEditing(false) }} />
          <label className="mt-2 block text-12 text-dim">Tags, parted by commas
            <input name="tags" defaultValue={tags.join(', ')} maxLength={2000} className="mt-1 w-full rounded-md border border-line bg-bg px-2.5 py-1.5 text-14 text-ink" onKeyDown={(event) => { if (event.key === 'Escape') setEditing(false) }} />
          </label>
          <div className="mt-2 flex gap-2"><Button type="submit" tone="primary" size="sm">Save</Button><Button size="sm" onClick={() => setEditing(false)}>Cancel</Button></div>
        </form>
      ) : note ? <div className="max-w-[90ch] space-y-2">{note.split('\n').map((line, index) => <p key={index}><LogText text={line || ' '} limit={LONGEST} /></p>)}</div> : <p className="text-dim">Nothing written yet.</p>}
    </Section>
  )
}
