import Link from 'next/link'
import type { PairDetail, RequestLine } from '@/lib/labelling/agreement/answers'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { shortUser } from '@/components/playground/describe-line'
import { Button, ButtonLink } from '@/components/ui/button'
import { partText } from '../part-text'
import { requestHref } from '../trust-page'

const MOST = 50

/** The requests behind a cell of the matrix, each a way to the labelling page. */
export function CellRequests({ dataset, pair, cell, onClose }: { dataset: string; pair: PairDetail; cell: readonly [string, string]; onClose: () => void }) {
  const found = pair.matrix.cells.find(({ a, b }) => a === cell[0] && b === cell[1])
  const lines = new Map(pair.lines.map((line) => [line.auditID, line]))
  const auditIDs = (found?.units ?? []).map((unit) => pair.auditIDs[unit] ?? '')
  const review = `/label/${dataset}/review?${new URLSearchParams({ a: pair.a, b: pair.b, part: pair.part, said: cell[0], against: cell[1] }).toString()}`
  return (
    <section aria-label="Requests of the cell" className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <h3 className="min-w-0 flex-1 text-13">{partText(pair.part, cell[0])} <span className="font-normal text-dim">against</span> {partText(pair.part, cell[1])} <span className="font-normal text-dim">· {plural(auditIDs.length, 'request')}</span></h3>
        {cell[0] === cell[1] ? null : <ButtonLink size="sm" href={review}>Review these</ButtonLink>}
        <Button size="sm" tone="quiet" onClick={onClose}>Close</Button>
      </div>
      <ul className="max-h-96 overflow-y-auto" tabIndex={0} aria-label="Requests">
        {auditIDs.slice(0, MOST).map((auditID) => <li key={auditID} className="border-b border-line px-3 py-1.5 last:border-0"><RequestLink dataset={dataset} auditID={auditID} line={lines.get(auditID)} /></li>)}
        {auditIDs.length > MOST ? <li className="px-3 py-1.5 text-12 text-dim">and {plural(auditIDs.length - MOST, 'more', 'more')}; the review has them all</li> : null}
      </ul>
    </section>
  )
}

function RequestLink({ dataset, auditID, line }: { dataset: string; auditID: string; line: RequestLine | undefined }) {
  if (!line) return <Link className="link font-mono text-12" href={requestHref(dataset, auditID)}><LogText text={auditID} limit={80} /></Link>
  return (
    <>
      <Link className="link" href={requestHref(dataset, auditID)}>{line.verb ?? 'request'} <LogText text={kindOf(line)} limit={80} /></Link>
      <span className="block truncate text-12 text-dim">{line.receivedMicros === null ? null : <span className="font-mono">{formatClock(line.receivedMicros)} </span>}<LogText text={[line.namespace, line.name].filter(Boolean).join('/')} limit={120} /> by <LogText text={shortUser(line.user)} limit={80} /></span>
    </>
  )
}

function kindOf({ resource, subresource }: RequestLine): string {
  return subresource ? `${resource ?? ''}/${subresource}` : (resource ?? 'no API object')
}
