'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'

export interface NamedForm {
  readonly name: string
  readonly folder: string
  readonly description: string
}

/** Asks what a query is called, where it belongs and what it is for; a refusal stands where the name does. */
export function SaveDialog({ title, action, first, folders, onClose, onSave }: { title: string; action: string; first: NamedForm; folders: readonly string[]; onClose: () => void; onSave: (form: NamedForm) => Promise<void> }) {
  const [form, setForm] = useState(first)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (): void => {
    onSave({ name: form.name.trim(), folder: form.folder.trim(), description: form.description.trim() }).then(onClose, (error: unknown) => setRefusal(error instanceof Error ? error.message : 'That failed. Try again.'))
  }
  const set = (key: keyof NamedForm) => (event: { target: { value: string } }): void => setForm((now) => ({ ...now, [key]: event.target.value }))
  return (
    <Dialog open onOpenChange={(now) => !now && onClose()} title={title} className="w-[min(30rem,calc(100vw-2rem))]">
      <form action={submit} className="space-y-4">
        <Field label="Name"><Input autoComplete="off" maxLength={120} value={form.name} onChange={set('name')} aria-invalid={refusal !== null} /></Field>
        <Field label="Folder" hint="Optional; queries of one folder stand together."><Input autoComplete="off" list="query-folders" maxLength={60} value={form.folder} onChange={set('folder')} /></Field>
        <datalist id="query-folders">{folders.map((folder) => <option key={folder} value={folder}>{folder}</option>)}</datalist>
        <Field label="Description" hint="Optional; what it looks for, and what to do about an answer."><textarea rows={3} maxLength={2000} className="w-full rounded-md border border-line bg-bg px-2.5 py-1.5 text-13 hover:border-strong" value={form.description} onChange={set('description')} /></Field>
        {refusal ? <p role="alert" className="text-bad">{refusal}</p> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={form.name.trim() === ''}>{action}</Button>
        </div>
      </form>
    </Dialog>
  )
}
