'use client'
import { TriangleAlert } from 'lucide-react'
import type { LabelBatch, RequestLabel } from '@/lib/labelling/types'
import { makeLabel } from '@/lib/labels/codec'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { shortLabel } from '../list/line-row'
import type { Conflict, LabelState } from '../state/model'
import { lineKind } from '../state/filter'
import { textAt } from '../state/log-index'
import { ChoiceKeys } from './choice-keys'

interface Props { state: LabelState; onSettle: (batch: string, mine: ReadonlySet<string>) => void; onLine: (line: number) => void }
/** Requests of a conflict that are listed one by one. */
const LISTED = 20

/** Acts that another person was before: both labels, and the choice. Nothing is overwritten until it is made. */
export function ConflictPanel({ state, onSettle, onLine }: Props) {
  const conflict = state.conflicts[0]
  if (!conflict) return null
  const all = new Set(conflict.theirs.map(({ auditID }) => auditID))
  return (
    <section role="alert" aria-label="Conflict" className="max-h-60 shrink-0 overflow-y-auto border-t border-line bg-bad-bg px-4 py-2 text-12">
      <p className="flex flex-wrap items-center gap-2">
        <TriangleAlert aria-hidden className="size-4 text-bad" />
        <b className="font-semibold">“{conflict.batch.title}” is not saved:</b> {whoText(conflict.theirs)} labelled {plural(all.size, 'request')} of it meanwhile.
        <span className="ml-auto flex gap-2">
          <ChoiceKeys onTheirs={() => onSettle(conflict.batch.id, new Set())} onMine={() => onSettle(conflict.batch.id, all)} />
          <Button size="sm" title="Shift + T" onClick={() => onSettle(conflict.batch.id, new Set())}>Keep theirs</Button>
          <Button size="sm" title="Shift + M" onClick={() => onSettle(conflict.batch.id, all)}>Take mine</Button>
        </span>
      </p>
      <table className="mt-1 w-full">
        <thead className="text-left text-dim"><tr><th scope="col" className="font-medium">Request</th><th scope="col" className="font-medium">Theirs, as it stands</th><th scope="col" className="font-medium">Mine</th><th scope="col"><span className="sr-only">Choice</span></th></tr></thead>
        <tbody>{conflict.theirs.slice(0, LISTED).map((theirs) => <ConflictRow key={theirs.auditID} state={state} conflict={conflict} theirs={theirs} onSettle={onSettle} onLine={onLine} />)}</tbody>
      </table>
      {all.size > LISTED ? <p className="text-dim">and {all.size - LISTED} more.</p> : null}
      {state.conflicts.length > 1 ? <p className="text-dim">{plural(state.conflicts.length - 1, 'more act')} waits for a choice.</p> : null}
    </section>
  )
}

function ConflictRow({ state, conflict, theirs, onSettle, onLine }: Omit<Props, 'state'> & { state: LabelState; conflict: Conflict; theirs: RequestLabel }) {
  const line = state.index.firstLine[state.index.requestOf.get(theirs.auditID) ?? -1] ?? 0
  return (
    <tr className="border-t border-line">
      <td className="py-1 pr-3"><button type="button" className="link text-left" onClick={() => onLine(line)}>{textAt(state.log, state.log.verb, line)} <LogText text={lineKind(state, line)} limit={60} /></button></td>
      <td className="pr-3"><b className="font-medium">{shortLabel(theirs.label, theirs.role)}</b> by <LogText text={theirs.actor} limit={60} /></td>
      <td className="pr-3"><b className="font-medium">{mineText(conflict.batch, theirs.auditID)}</b></td>
      <td className="text-right">{conflict.theirs.length > 1 ? <Button size="sm" onClick={() => onSettle(conflict.batch.id, new Set([theirs.auditID]))}>Mine for this alone</Button> : null}</td>
    </tr>
  )
}

function mineText(batch: LabelBatch, auditID: string): string {
  const act = batch.changes.find((change) => change.auditID === auditID)?.act
  if (act?.kind !== 'label') return act?.kind === 'clear' ? 'no label' : (act?.kind ?? '')
  return shortLabel(act.label === null ? null : makeLabel(act.label), act.role)
}

function whoText(theirs: readonly RequestLabel[]): string {
  const names = [...new Set(theirs.map(({ actor }) => actor ?? 'somebody'))]
  return names.length > 2 ? `${names.length} others` : names.join(' and ')
}
