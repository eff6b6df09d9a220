import type { EpochRow } from '@/lib/experiments/execute-types'
import { formatDuration } from '@/components/format/duration'
import { cn } from '@/components/ui/cn'

const HEAD = ['Epoch', 'Loss', 'Val. loss', 'Accuracy', 'Val. accuracy', 'Learning rate', 'Time']

/** The run's log: one line an epoch, newest first. */
export function EpochTable({ epochs, best }: { epochs: readonly EpochRow[]; best: number | null }) {
  return (
    <details className="mb-8 rounded-md border border-line">
      <summary className="px-3 py-2 font-medium">Epoch log <span className="font-normal text-dim">{epochs.length} epochs</span></summary>
      <div className="max-h-80 overflow-auto border-t border-line" tabIndex={0} role="region" aria-label="Epoch log">
        <table className="w-full text-12">
          <thead className="sticky top-0 bg-panel text-right text-dim"><tr>{HEAD.map((name) => <th key={name} scope="col" className="px-3 py-1.5 font-medium">{name}</th>)}</tr></thead>
          <tbody>
            {epochs.toReversed().map((row) => (
              <tr key={row.epoch} className={cn('border-t border-line text-right [&>td]:px-3 [&>td]:py-1', row.epoch === best && 'bg-accent-bg')}>
                <td>{row.epoch === best ? <span className="mr-2 text-accent">best</span> : null}{row.epoch}</td>
                <td>{row.loss.toFixed(5)}</td><td>{row.validationLoss.toFixed(5)}</td><td>{row.accuracy.toFixed(4)}</td><td>{row.validationAccuracy.toFixed(4)}</td><td>{row.learningRate}</td><td>{formatDuration(row.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
