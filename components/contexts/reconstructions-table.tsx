'use client'
import Link from 'next/link'
import { Ago } from '@/components/format/ago'
import { formatCount, formatScore, formatShare, plural } from '@/components/format/number'
import { RunStateMark } from '@/components/runs/run-state'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Meter } from '@/components/ui/meter'
import { backgroundText, progressText, type LiveReconstruction, type ReconstructionRow } from './reconstruction-row'

interface Props {
  name: string
  version: number
  rows: readonly ReconstructionRow[]
  live: ReadonlyMap<string, LiveReconstruction>
  active: string | null
  mayDelete: boolean
  onStop: (row: ReconstructionRow) => void
  onDelete: (row: ReconstructionRow) => void
}

const HEADS: readonly (readonly [string, string])[] = [
  ['Contexts', 'Actions of users, each with what followed'], ['Method', 'What found them'], ['Model', 'What spoke where no link does'], ['Version', 'Of the data set when they were found'], ['State', ''], ['Background', 'Lines that belong to no context'],
  ['B³ F1', 'Grouping against what is known: B-cubed F1'], ['Exact, 2+', 'Contexts of two and more lines that are exactly right'], ['Role', 'Lines whose role is right'], ['Made', ''], ['', ''],
]

/** The reconstructions of one data set. */
export function ReconstructionsTable({ name, version, rows, live, active, mayDelete, onStop, onDelete }: Props) {
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label={`Reconstructions of ${name}`}>
      <table className="w-full min-w-240">
        <thead className="bg-panel text-left text-12 text-dim">
          <tr>{HEADS.map(([head, hint]) => <th key={head} scope="col" title={hint} className="px-3 py-2 font-medium whitespace-nowrap">{head === '' ? <span className="sr-only">Actions</span> : head}</th>)}</tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} row={{ ...row, ...liveOf(row, live.get(row.id)) }} version={version} active={row.id === active} mayDelete={mayDelete} onStop={onStop} onDelete={onDelete} />)}</tbody>
      </table>
    </div>
  )
}

/** An end is shown with its figures, which the page reads anew: until then it is under way. */
function liveOf({ state, progress }: ReconstructionRow, message: LiveReconstruction | undefined): Partial<ReconstructionRow> {
  const ended = message !== undefined && message.state !== 'queued' && message.state !== 'running'
  return message === undefined || ended || state === 'done' ? { state, progress } : { state: message.state, progress: message.progress }
}

function Row({ row, version, active, mayDelete, onStop, onDelete }: { row: ReconstructionRow; version: number; active: boolean } & Pick<Props, 'mayDelete' | 'onStop' | 'onDelete'>) {
  const { id, state, progress, truth } = row
  const under = state === 'queued' || state === 'running'
  return (
    <tr data-reconstruction={id} aria-current={active || undefined} className={cn('border-t border-line hover:bg-hover', active && 'shadow-[inset_2px_0_var(--color-accent)]')}>
      <th scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">
        {state === 'done' ? <Link href={`/contexts/${id}`} className="link">{plural(row.contexts, 'context')}</Link> : <span className="text-dim">–</span>}
        {row.corrections > 0 ? <span className="ml-2 text-12 font-normal text-dim">{plural(row.corrections, 'correction')} by hand</span> : null}
      </th>
      <td className="px-3 py-2">{row.method}</td>
      <td className="px-3 py-2">{row.model ?? <span className="text-dim">links alone</span>}</td>
      <td className="px-3 py-2 whitespace-nowrap">{row.version ?? '–'}{row.version !== null && row.version !== version ? <span className="ml-1 text-12 text-warn">now {version}</span> : null}</td>
      <td className="px-3 py-2">
        <span title={row.error ?? undefined}><RunStateMark state={state} /></span>
        {under ? <span className="mt-1 block w-44"><Meter share={progress && progress.total > 0 ? progress.done / progress.total : null} label="Progress" /><span className="mt-1 block truncate text-12 text-dim">{progressText(progress)}</span></span> : null}
        {state === 'failed' && row.error ? <span className="mt-1 block max-w-80 text-12 text-bad">{row.error}</span> : null}
      </td>
      <td className="px-3 py-2" title={row.background === null ? undefined : `${formatCount(row.background)} lines`}>{backgroundText(row)}</td>
      <td className="px-3 py-2 whitespace-nowrap">{formatScore(truth?.f1)}{row.overtaken ? <span className="ml-1 text-12 text-dim" title="From before the last correction by hand; a worker measures anew in some seconds">before corrections</span> : null}</td>
      <td className="px-3 py-2">{truth?.exact == null ? '–' : formatShare(truth.exact)}</td>
      <td className="px-3 py-2">{truth?.role == null ? '–' : formatShare(truth.role)}</td>
      <td className="px-3 py-2"><Ago at={row.createdAt} /></td>
      <td className="px-3 py-2 text-right">
        {under ? <Button size="sm" tone="quiet" onClick={() => onStop(row)}>Stop</Button> : mayDelete ? <Button size="sm" tone="quiet" onClick={() => onDelete(row)}>Delete…</Button> : null}
      </td>
    </tr>
  )
}
