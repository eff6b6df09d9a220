'use client'
import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { MERGE_MODES, type MergeMode } from '@/lib/labelling/dataset/merge-modes'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'

export interface Other { readonly id: string; readonly name: string }
interface Props { dataset: string; name: string; open: boolean; onOpenChange: (open: boolean) => void }

/** Asks for a name and what else an operation wants, and goes to the new data set, which shows how far it is. */
function MakeDialog({ dataset, open, onOpenChange, title, description, suggested, body, children }: Props & { title: string; description: string; suggested: string; body: () => object | string; children: ReactNode }) {
  const router = useRouter()
  const [name, setName] = useState(suggested)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const make = (): void => {
    const made = body()
    if (typeof made === 'string') return setError(made)
    setBusy(true)
    setError(null)
    callApi<{ id: string }>(`/api/datasets/${dataset}/derive`, { method: 'POST', body: { ...made, name } }).then(
      ({ id }) => router.push(`/datasets/${id}`),
      (failure: unknown) => {
        setError(failure instanceof Error ? failure.message : 'It could not be begun.')
        setBusy(false)
      },
    )
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <form action={make} className="space-y-4">
        <Field label="Name of the new data set"><Input required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} /></Field>
        {children}
        {error ? <Notice tone="bad">{error}</Notice> : null}
        <div className="flex justify-end gap-2"><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button type="submit" tone="primary" disabled={busy}>{busy ? 'Beginning…' : 'Make it'}</Button></div>
      </form>
    </Dialog>
  )
}

const NOTHING = { from: '', until: '', users: '', namespaces: '', query: '' }
const list = (text: string): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '')

export function SliceDialog(props: Props) {
  const [values, setValues] = useState(NOTHING)
  const [cut, setCut] = useState(false)
  const body = (): object | string => {
    const [users, namespaces] = [list(values.users), list(values.namespaces)]
    const spec = {
      ...(values.from ? { from: values.from } : {}), ...(values.until ? { until: values.until } : {}), ...(users.length > 0 ? { users } : {}), ...(namespaces.length > 0 ? { namespaces } : {}),
      ...(values.query ? { query: values.query } : {}),
    }
    return Object.keys(spec).length === 0 ? 'Say what to cut out: a time, users, namespaces or a query.' : { kind: 'slice', spec: { ...spec, contexts: cut ? 'cut' : 'whole' } }
  }
  const field = (key: keyof typeof NOTHING, label: string, hint: string) => <Field label={label} hint={hint}><Input value={values[key]} onChange={(event) => setValues({ ...values, [key]: event.target.value })} /></Field>
  return (
    <MakeDialog {...props} title={`Slice ${props.name}`} description="Takes the requests that pass all of this, with their labels." suggested={`${props.name}-slice`} body={body}>
      <div className="grid grid-cols-2 gap-4">
        {field('from', 'From', 'received at or after, e.g. 2026-11-23T06:50:00Z')}
        {field('until', 'Until', 'received before')}
        {field('users', 'Users', 'separated by commas')}
        {field('namespaces', 'Namespaces', 'separated by commas')}
      </div>
      {field('query', 'Query', 'on single events, such as verb == "delete"')}
      <label className="flex items-start gap-2"><input type="checkbox" className="mt-1" checked={cut} onChange={(event) => setCut(event.target.checked)} /><span>Take every request by itself<span className="block text-12 text-dim">Otherwise a labelled context is taken whole where its trigger passes, and left where it does not.</span></span></label>
    </MakeDialog>
  )
}

const MODE_TEXT: Readonly<Record<MergeMode, string>> = { refuse: 'refuse the merge', once: 'take the event once, the first data set’s', apart: 'keep both, the second under a new id' }

export function MergeDialog({ others, ...props }: Props & { others: readonly Other[] }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [mode, setMode] = useState<MergeMode>('refuse')
  const body = (): object | string => (chosen.length === 0 ? 'Choose at least one other data set.' : { kind: 'merge', others: chosen, mode })
  return (
    <MakeDialog {...props} title={`Merge ${props.name} with others`} description="One log in order of time, with the labels of all." suggested={`${props.name}-merged`} body={body}>
      <fieldset>
        <legend className="mb-1 font-medium">With</legend>
        <div className="max-h-48 space-y-1 overflow-y-auto rounded-md border border-line p-2">
          {others.map(({ id, name }) => (
            <label key={id} className="flex items-center gap-2"><input type="checkbox" checked={chosen.includes(id)} onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))} />{name}</label>
          ))}
        </div>
      </fieldset>
      <Field label="auditIDs that several have" hint="How many there were is told with the new data set.">
        <Select value={mode} onChange={(event) => setMode(event.target.value as MergeMode)}>{MERGE_MODES.map((one) => <option key={one} value={one}>{MODE_TEXT[one]}</option>)}</Select>
      </Field>
    </MakeDialog>
  )
}

export function PseudonymDialog(props: Props) {
  const [key, setKey] = useState('')
  const body = (): object | string => (key.length < 16 ? 'The key needs 16 characters or more, so that it cannot be guessed.' : { kind: 'pseudonymise', key })
  return (
    <MakeDialog {...props} title={`Pseudonymise ${props.name}`} description="Names of users, groups, objects, namespaces and hosts, and addresses, become pseudonyms: the same in every place, so that the contexts stay what they are." suggested={`${props.name}-shared`} body={body}>
      <Field label="Key" hint="Keep it yourself: it is stored nowhere here. Under the same key another log gets the same pseudonyms.">
        <Input type="password" autoComplete="off" required value={key} onChange={(event) => setKey(event.target.value)} />
      </Field>
      <Notice tone="warn">Times, kinds, API groups and the words of messages stay. Look through the result before you give it away.</Notice>
    </MakeDialog>
  )
}
