'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { SPLIT_PROTOCOLS, splitSpecSchema, type SplitProtocol, type SplitSpec } from '@/lib/labelling/dataset/splits/spec'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'

const ABOUT: Readonly<Record<SplitProtocol, string>> = {
  random: 'Each request by itself. Contexts and windows are torn: the figures that come of it are too good.',
  blocked: 'Three blocks in order of time, with a gap so that no window reaches from one into another.',
  user: 'All that one user caused into one part: says how well others are understood.',
  namespace: 'All that was caused in one namespace into one part.',
  time: 'Validation from one moment on, test from a later one.',
}

interface Values { name: string; protocol: SplitProtocol; validation: string; test: string; gap: string; seed: string; validationFrom: string; testFrom: string }

function specOf({ protocol, validation, test, gap, seed, validationFrom, testFrom }: Values): SplitSpec | null {
  const shares = { validation: Number(validation), test: Number(test) }
  const given = protocol === 'time' ? { protocol, validationFrom, testFrom } : protocol === 'blocked' ? { protocol, gap: Number(gap), ...shares } : { protocol, seed: Number(seed), ...shares }
  const parsed = splitSpecSchema.safeParse(given)
  return parsed.success ? parsed.data : null
}

/** Deals a version's requests to parts, under a name. */
export function SplitDialog({ open, onOpenChange, dataset, version, taken }: { open: boolean; onOpenChange: (open: boolean) => void; dataset: string; version: number; taken: readonly string[] }) {
  const router = useRouter()
  const [values, setValues] = useState<Values>({ name: '', protocol: 'blocked', validation: '0.1', test: '0.1', gap: '59', seed: '1', validationFrom: '', testFrom: '' })
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const spec = specOf(values)
  const field = (key: Exclude<keyof Values, 'protocol'>, label: string, hint: string) => <Field key={key} label={label} hint={hint}><Input value={values[key]} onChange={(event) => setValues({ ...values, [key]: event.target.value })} /></Field>
  const make = (): void => {
    if (spec === null) return setError('The shares, the gap, the seed or the times are not valid.')
    if (taken.includes(values.name)) return setError(`There is a split ${values.name} already.`)
    setBusy(true)
    setError(null)
    callApi(`/api/datasets/${dataset}/splits`, { method: 'POST', body: { name: values.name, version, spec } }).then(
      () => {
        showToast(`The split ${values.name} is kept with version ${version}.`)
        onOpenChange(false)
        router.refresh()
      },
      (failure: unknown) => setError(failure instanceof Error ? failure.message : 'The split could not be made.'),
    ).finally(() => setBusy(false))
  }
  const { protocol } = values
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`New split of version ${version}`}>
      <form action={make} className="space-y-4">
        <Field label="Name"><Input required maxLength={80} value={values.name} onChange={(event) => setValues({ ...values, name: event.target.value })} /></Field>
        <Field label="How" hint={ABOUT[protocol]}><Select value={protocol} onChange={(event) => setValues({ ...values, protocol: event.target.value as SplitProtocol })}>{SPLIT_PROTOCOLS.map((one) => <option key={one}>{one}</option>)}</Select></Field>
        <div className="grid grid-cols-2 gap-4">
          {protocol === 'time' ? [field('validationFrom', 'Validation from', '2026-11-23T06:50:00Z'), field('testFrom', 'Test from', '2026-11-23T06:52:00Z')] : [field('validation', 'Validation share', '0 to 1'), field('test', 'Test share', '0 to 1')]}
          {protocol === 'blocked' ? field('gap', 'Gap', 'lines left out between blocks; 59 for windows of 60') : null}
          {protocol === 'blocked' || protocol === 'time' ? null : field('seed', 'Seed', 'the same one deals the same')}
        </div>
        {error ? <Notice tone="bad">{error}</Notice> : null}
        <div className="flex justify-end gap-2"><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button type="submit" tone="primary" disabled={busy || values.name === ''}>Make the split</Button></div>
      </form>
    </Dialog>
  )
}
