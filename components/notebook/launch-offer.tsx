'use client'
import { Play } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import type { CellOf } from '@/lib/notebook/cell'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { NotebookChoices } from './notebook-choices'

interface Props { readonly cell: CellOf<'experiment'>; readonly choices: NotebookChoices; readonly onLaunch: (cell: CellOf<'experiment'>) => Promise<void> }

/** An experiment launched from its cell, on a data set with a truth, at a scale. */
export function LaunchOffer({ cell, choices, onLaunch }: Props) {
  const usable = choices.datasets.filter((dataset) => dataset.hasTruth).map(({ name }) => name)
  const wanted = cell.dataset ?? choices.experiments.find(({ name }) => name === cell.experiment)?.dataset
  const [dataset, setDataset] = useState([wanted, choices.dataset, usable[0]].find((name) => name !== undefined && usable.includes(name)) ?? '')
  const [scale, setScale] = useState(cell.scale)
  const [asked, setAsked] = useState(false)
  if (usable.length === 0) return <Notice className="mb-2">No data set with a truth is here yet{wanted === undefined ? '' : `; this experiment is meant for ${wanted}`}. Import one in <Link href="/datasets" className="link">Datasets</Link>, then launch from here.</Notice>
  const launch = (): void => {
    setAsked(true)
    void onLaunch({ ...cell, dataset, scale }).finally(() => setAsked(false))
  }
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2" role="group" aria-label={`Launch ${cell.experiment}`}>
      <Button tone="primary" disabled={asked} onClick={launch}><Play aria-hidden />Launch {cell.experiment}</Button>
      <Select aria-label={`Scale of ${cell.id}`} value={scale} onChange={(event) => setScale(SCALES.find((one) => one === event.target.value) ?? 'smoke')}>{SCALES.map((one) => <option key={one} value={one}>{one} scale</option>)}</Select>
      <Select aria-label={`Dataset of ${cell.id}`} value={dataset} onChange={(event) => setDataset(event.target.value)}>{usable.map((name) => <option key={name} value={name}>on {name}</option>)}</Select>
      {wanted !== undefined && !usable.includes(wanted) ? <span className="text-12 text-dim">{wanted} is not here, or has no truth: <Link href="/datasets" className="link">Datasets</Link></span> : null}
    </div>
  )
}
