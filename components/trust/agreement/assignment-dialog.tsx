'use client'
import { useState } from 'react'
import type { Annotator } from '@/lib/labelling/types'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { showFailure, showToast } from '@/components/ui/toast'
import { useAnswer } from '../use-answer'

interface Props { readonly dataset: string; readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onMade: () => void }

/** Asks who labels which requests a second time. */
export function AssignmentDialog({ dataset, open, onOpenChange, onMade }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New second labelling" description="Its annotator labels a sample again and sees neither the labels nor the suggestions that are there. Requests that the annotator has labelled before are left out." className="w-[min(32rem,calc(100vw-2rem))]">
      <AssignmentForm dataset={dataset} onClose={() => onOpenChange(false)} onMade={onMade} />
    </Dialog>
  )
}

function AssignmentForm({ dataset, onClose, onMade }: { dataset: string; onClose: () => void; onMade: () => void }) {
  const [busy, setBusy] = useState(false)
  const { value } = useAnswer<{ annotators: readonly Annotator[] }>('/api/annotators')
  const make = (form: FormData): void => {
    const [title, annotator] = [text(form, 'title'), text(form, 'annotator')]
    const amount = Number(text(form, 'amount'))
    const size = text(form, 'unit') === 'share' ? { share: amount / 100 } : { count: amount }
    setBusy(true)
    callApi(`/api/datasets/${dataset}/assignments`, { method: 'POST', body: { title: title || `Second labelling by ${annotator}`, annotator, sample: { method: text(form, 'method'), from: text(form, 'from'), seed: Number(text(form, 'seed')), size } } })
      .then(() => {
        onClose()
        onMade()
        showToast(`${annotator} has a second labelling to do.`)
      }, showFailure).finally(() => setBusy(false))
  }
  return (
    <form action={make} className="space-y-4">
      <Field label="Annotator" hint="A name that is new here becomes an annotator; where rights hang on tokens, an owner gives them one."><Input name="annotator" required maxLength={64} list="annotator-names" autoComplete="off" /></Field>
      <datalist id="annotator-names">{(value?.annotators ?? []).map(({ id, name }) => <option key={id} value={name}>{name}</option>)}</datalist>
      <Field label="Title"><Input name="title" maxLength={200} autoComplete="off" placeholder="Second labelling" /></Field>
      <div className="flex flex-wrap gap-3">
        <Field label="How many"><Input name="amount" type="number" min={1} max={100000} defaultValue={100} required className="w-28" /></Field>
        <Field label="of"><Select name="unit" defaultValue="count"><option value="count">requests</option><option value="share">per cent</option></Select></Field>
        <Field label="From"><Select name="from" defaultValue="labelled"><option value="labelled">what is labelled</option><option value="all">all requests</option></Select></Field>
        <Field label="Drawn"><Select name="method" defaultValue="stratified"><option value="stratified">by class of label</option><option value="random">at random</option></Select></Field>
        <Field label="Seed"><Input name="seed" type="number" min={0} max={2147483647} defaultValue={1} required className="w-24" /></Field>
      </div>
      <div className="flex justify-end gap-2"><Button onClick={onClose}>Cancel</Button><Button type="submit" tone="primary" disabled={busy}>Assign</Button></div>
    </form>
  )
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
