'use client'
import { useCallback, useEffect, useState } from 'react'
import type { Annotator, AnnotatorRole } from '@/lib/labelling/types'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { showFailure } from '@/components/ui/toast'
import { AnnotatorList, type ListedAnnotator } from './annotator-list'

const RIGHTS: Readonly<Record<AnnotatorRole, string>> = { annotator: 'Annotator: labels', reviewer: 'Reviewer: also applies rules, imports, exports and settles disagreements', owner: 'Owner: everything' }

/** For owners: who may label here, a token for somebody new, and an end to somebody's rights. */
export function AnnotatorsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [annotators, setAnnotators] = useState<readonly ListedAnnotator[] | null>(null)
  const [given, setGiven] = useState<{ name: string; token: string } | null>(null)
  const read = useCallback((): void => {
    callApi<{ annotators: ListedAnnotator[] }>('/api/annotators').then((answer) => setAnnotators(answer.annotators), showFailure)
  }, [])
  useEffect(() => { if (open) read() }, [open, read])
  const add = (form: FormData): void => {
    const body = { name: String(form.get('name') ?? ''), role: String(form.get('role') ?? 'annotator') }
    callApi<{ annotator: Annotator; token: string }>('/api/annotators', { method: 'POST', body }).then(({ annotator, token }) => {
      setGiven({ name: annotator.name, token })
      read()
    }, showFailure)
  }
  const disable = (id: string): void => {
    callApi(`/api/annotators/${encodeURIComponent(id)}`, { method: 'DELETE' }).then(read, showFailure)
  }
  const close = (next: boolean): void => {
    if (!next) setGiven(null)
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={close} title="Annotators" description="Each signs in with a token of their own, so that every label says whose it is. Tokens are asked for where Auditweave was started with AUDITWEAVE_TOKEN.">
      <form action={add} className="flex flex-wrap items-end gap-2">
        <Field label="Name" className="min-w-40 flex-1"><Input name="name" autoComplete="off" maxLength={64} required /></Field>
        <Field label="May do" className="min-w-0"><Select name="role" className="max-w-72" defaultValue="annotator">{Object.entries(RIGHTS).map(([role, text]) => <option key={role} value={role}>{text}</option>)}</Select></Field>
        <Button type="submit" tone="primary">Give a token</Button>
      </form>
      {given ? (
        <Notice tone="good" className="mt-4">
          The token of {given.name}, shown this once: <code className="block py-1 font-mono break-all select-all">{given.token}</code> It is entered at the sign-in page. Whoever has it labels as {given.name}.
        </Notice>
      ) : null}
      <AnnotatorList annotators={annotators} onDisable={disable} />
    </Dialog>
  )
}
