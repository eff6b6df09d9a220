'use client'
import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Ago } from '@/components/format/ago'
import { formatSpan } from '@/components/format/instant'
import { formatCount, formatShare } from '@/components/format/number'
import { useLive, useLiveMessage } from '@/components/live/use-live'
import { Bar, Meter } from '@/components/ui/meter'
import { labelledShare, type DatasetView } from './dataset-view'
import { importShare, importText } from './import-progress'

/** The data sets, each with how good it is at a glance. */
export function DatasetsList({ datasets }: { datasets: readonly DatasetView[] }) {
  const router = useRouter()
  const { imports } = useLive()
  useLiveMessage('dataset', (entry) => {
    if (entry.state !== 'importing' || !datasets.some((dataset) => dataset.id === entry.id)) router.refresh()
  })
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Datasets">
      <table className="w-full min-w-200">
        <thead className="bg-panel text-left text-12 text-dim">
          <tr>{['Name', 'State', 'Events', 'Time span', 'Levels', 'Labelled', 'Rejected', 'Runs', 'Imported'].map((name) => <th key={name} scope="col" className="px-3 py-2 font-medium">{name}</th>)}</tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => <DatasetRow key={dataset.id} dataset={dataset} live={imports.find((entry) => entry.id === dataset.id)?.progress ?? dataset.progress} />)}
        </tbody>
      </table>
    </div>
  )
}

function DatasetRow({ dataset, live }: { dataset: DatasetView; live: DatasetView['progress'] }) {
  const share = labelledShare(dataset)
  const ready = dataset.state === 'ready'
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-medium"><Link href={`/datasets/${dataset.id}`} className="link">{dataset.name}</Link></th>
      <td className="px-3 py-2">
        {dataset.state !== 'importing' ? <DatasetState state={dataset.state} /> : (
          <span className="block w-56" title={importText(live)}>
            <Meter share={importShare(live)} label={`Import of ${dataset.name}`} />
            <span className="mt-1 block truncate text-12 text-dim">{importText(live)}</span>
          </span>
        )}
      </td>
      <td className="px-3 py-2">{ready ? formatCount(dataset.events) : '–'}</td>
      <td className="px-3 py-2 whitespace-nowrap">{dataset.firstMicros !== null && dataset.lastMicros !== null ? formatSpan(dataset.firstMicros / 1000, dataset.lastMicros / 1000) : '–'}</td>
      <td className="px-3 py-2">{Object.keys(dataset.levels).join(', ') || '–'}</td>
      <td className="px-3 py-2 whitespace-nowrap">{share === null ? <span className="text-dim">{dataset.hasLabels ? 'by people' : 'nothing yet'}</span> : <><Bar share={share} className="mr-2" />{formatShare(share)}</>}</td>
      <td className="px-3 py-2">{dataset.rejected > 0 ? <span className="text-warn">{formatCount(dataset.rejected)} lines</span> : '0'}</td>
      <td className="px-3 py-2">{formatCount(dataset.runs)}</td>
      <td className="px-3 py-2"><Ago at={dataset.createdAt} /></td>
    </tr>
  )
}

export function DatasetState({ state }: { state: DatasetView['state'] }) {
  const [Icon, look] = state === 'ready' ? [CircleCheck, 'text-good'] : state === 'failed' ? [CircleX, 'text-bad'] : [LoaderCircle, 'text-accent turning']
  return <span className="inline-flex items-center gap-1.5"><Icon aria-hidden className={`size-3.5 ${look}`} />{state}</span>
}
