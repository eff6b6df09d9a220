'use client'
import { useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select } from '@/components/ui/field'
import { showFailure } from '@/components/ui/toast'
import { METHODS, type ReconstructionMethod } from '@/lib/contexts/methods'

export interface ModelChoice { readonly id: string; readonly name: string; readonly isDefault: boolean; readonly family: string }

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  datasets: readonly { readonly id: string; readonly name: string }[]
  /** Chosen first. */
  dataset: string
  models: readonly ModelChoice[]
  onStarted: (id: string) => void
}

const SAID: Readonly<Record<ReconstructionMethod, string>> = {
  linked: 'linked: links first, then the model where they say nothing', network: 'network: the model alone', k8ntext: 'k8ntext: the paper’s newest clusterer over the model’s labels', 'k8ntext-2024': 'k8ntext-2024: the clusterer that the paper evaluated',
}

/** Asks what a reconstruction is made with, and starts it. */
export function StartDialog({ open, onOpenChange, datasets, dataset, models, onStarted }: Props) {
  const [chosen, setChosen] = useState(dataset)
  const [method, setMethod] = useState<ReconstructionMethod>('linked')
  const [model, setModel] = useState('default')
  const [busy, setBusy] = useState(false)
  const start = (): void => {
    setBusy(true)
    callApi<{ id: string }>(`/api/datasets/${chosen}/reconstructions`, { method: 'POST', body: { method, model: method === 'linked' || model !== 'none' ? model : 'default' } }).then(({ id }) => {
      onOpenChange(false)
      onStarted(id)
    }).catch(showFailure).finally(() => setBusy(false))
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Find contexts" description="Reads the whole log once. The data set stays as it is; several reconstructions of one can stand side by side.">
      <form action={start} className="space-y-4">
        <Field label="Data set"><Select value={chosen} onChange={({ target }) => setChosen(target.value)} className="w-full">{datasets.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select></Field>
        <Field label="Method"><Select value={method} onChange={({ target }) => setMethod(METHODS.find((one) => one === target.value) ?? 'linked')} className="w-full">{METHODS.map((one) => <option key={one} value={one}>{SAID[one]}</option>)}</Select></Field>
        <Field label="Model" hint={method === 'linked' ? 'Links alone are quick and need no model; a model speaks where no link does, and weighs in on each confidence.' : 'This method needs the labels of a model.'}>
          <Select value={model} onChange={({ target }) => setModel(target.value)} className="w-full">
            <option value="default">default ({models.find(({ isDefault }) => isDefault)?.name ?? 'none here'})</option>
            {method === 'linked' ? <option value="none">none: links alone</option> : null}
            {models.filter(({ isDefault }) => !isDefault).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </Select>
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={busy}>Find contexts</Button>
        </div>
      </form>
    </Dialog>
  )
}
