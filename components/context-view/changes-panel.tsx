'use client'
import { useMemo, useState } from 'react'
import type { Difference } from '@/lib/contexts/view/diff'
import { objectsOf, type TouchedObject } from '@/lib/contexts/view/objects'
import type { Revision } from '@/lib/contexts/view/revisions'
import { shortActor } from '@/lib/contexts/view/names'
import { singular } from '@/lib/contexts/view/words'
import { VerbMark } from '@/components/charts/verbs-plot'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/field'
import { Empty, Notice } from '@/components/ui/notice'
import type { Shown } from './context-view'
import { afterText } from './request-words'
import type { ContextSource } from './source'
import { useAnswer } from './use-answer'

const SHOWN_OBJECTS = 200
const FIRST_DIFFERENCES = 24

/** How each object of the context came to be as it is: before and after, revision by revision. */
export function ChangesPanel({ picture, chosen, choose, state, change, source }: Shown & { source: ContextSource | undefined }) {
  const [q, setQ] = useState('')
  const objects = useMemo(() => objectsOf(picture), [picture])
  const found = objects.filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()))
  const object = objects.find(({ id }) => id === state.object) ?? objects.find(({ requests }) => requests.includes(chosen)) ?? objects[0]
  const read = source?.revisions
  const { value, error } = useAnswer(object && read ? `${picture.context.id} ${object.id}` : null, (signal) => (read as NonNullable<typeof read>)((object as TouchedObject).key, signal))
  if (!read) return <Empty title="No bodies here">This page shows contexts without the bodies of their events, so it cannot tell what changed.</Empty>
  if (!object) return <Empty title="Nothing was changed">No request of this context creates, updates, patches or deletes an object.</Empty>
  return (
    <div className="grid gap-4 md:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <Input aria-label="Filter objects" placeholder="Filter objects" value={q} onChange={(event) => setQ(event.target.value)} className="mb-2" />
        <ul aria-label="Objects" className="max-h-[36rem] overflow-y-auto rounded-md border border-line">
          {found.slice(0, SHOWN_OBJECTS).map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === object.id} onClick={() => change((now) => ({ ...now, object: one.id }))} className={cn('w-full border-b border-line px-2 py-1.5 text-left text-12 focus-visible:-outline-offset-2', one.id === object.id ? 'bg-accent-bg' : 'hover:bg-hover')}>
                <span className="block truncate font-mono"><LogText text={one.name} limit={120} /></span>
                <span className="flex justify-between text-dim"><span className="truncate"><LogText text={`${singular(one.key.resource)}${one.key.namespace === null ? '' : ` in ${one.key.namespace}`}`} limit={80} /></span><span className="whitespace-nowrap">{plural(one.changes, 'change')}</span></span>
              </button>
            </li>
          ))}
          {found.length > SHOWN_OBJECTS ? <li className="px-2 py-1.5 text-12 text-dim">and {(found.length - SHOWN_OBJECTS).toLocaleString('en')} more: filter to see them</li> : null}
        </ul>
      </div>
      <section aria-label="Changes of the object" className="min-w-0">
        <h2 className="mb-2 text-14 break-words"><LogText text={object.title} limit={200} /></h2>
        {error ? <Notice tone="warn">{error}</Notice> : null}
        {!value && !error ? <div role="status" aria-label="Reading the changes" className="skeleton h-60" /> : null}
        {value ? <ol className="space-y-3">{value.revisions.map((revision) => <RevisionItem key={revision.auditID} revision={revision} shown={picture.find(revision.auditID) === chosen} when={picture.find(revision.auditID) < 0 ? '' : afterText(picture, picture.find(revision.auditID))} onChoose={() => choose(picture.find(revision.auditID))} />)}</ol> : null}
        {value && value.omitted > 0 ? <p className="mt-2 text-dim">Later changes of this object are not shown; exports hold them.</p> : null}
      </section>
    </div>
  )
}

const ORIGINS: Readonly<Record<Revision['from'], string>> = {
  revisions: 'against the revision before', created: 'as it was created', sent: 'as it was sent: the log does not hold the object before and after', first: 'how it was before is not in the log', deleted: 'deleted',
  refused: 'refused: what was asked for', nothing: 'the log holds no body: raise the audit level to Request or RequestResponse to see what changed',
}

function RevisionItem({ revision, shown, when, onChoose }: { revision: Revision; shown: boolean; when: string; onChoose: () => void }) {
  const [all, setAll] = useState(false)
  const list = all ? revision.list : revision.list.slice(0, FIRST_DIFFERENCES)
  return (
    <li className={cn('rounded-md border', shown ? 'border-accent' : 'border-line')}>
      <button type="button" onClick={onChoose} className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 text-left hover:bg-hover">
        <VerbMark verb={revision.verb} /><b className="font-semibold"><LogText text={`${revision.verb}${revision.subresource ? ` ${revision.subresource}` : ''}`} limit={80} /></b>
        <LogText text={shortActor(revision.user, revision.agent)} limit={60} className="text-dim" />
        <span className="font-mono text-12 text-dim">{when}</span>
        {revision.code !== null && revision.code >= 400 ? <span className="font-semibold text-bad">{revision.code}</span> : null}
        {revision.resourceVersion === null ? null : <span className="text-12 text-dim">revision {revision.resourceVersion}</span>}
      </button>
      <p className="px-3 pb-1 text-12 text-dim">{revision.list.length > 0 ? `${plural(revision.list.length + revision.more, 'difference')}, ` : revision.from === 'revisions' ? 'nothing changed but bookkeeping, ' : ''}{ORIGINS[revision.from]}{revision.folded > 0 ? `; ${plural(revision.folded, 'bookkeeping field')} folded away` : ''}</p>
      {list.length > 0 ? <div className="overflow-x-auto border-t border-line"><table className="w-full text-12"><thead className="sr-only"><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>{list.map((one, index) => <DifferenceRow key={index} one={one} />)}</tbody></table></div> : null}
      {revision.list.length > list.length ? <Button size="sm" tone="quiet" className="m-1" onClick={() => setAll(true)}>Show the other {(revision.list.length - list.length).toLocaleString('en')}</Button> : null}
      {all && revision.more > 0 ? <p className="px-3 py-1 text-12 text-dim">and {revision.more.toLocaleString('en')} more, which the raw event holds</p> : null}
    </li>
  )
}

const SIGNS: Readonly<Record<Difference['kind'], string>> = { added: '+', removed: '−', changed: '→', redacted: '?' }

function DifferenceRow({ one }: { one: Difference }) {
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="w-2/5 px-3 py-0.5 text-left align-top font-mono font-normal break-all"><LogText text={one.path} limit={300} /></th>
      <td className="px-2 py-0.5 align-top font-mono break-all text-dim">{one.before === null ? '' : <del className="text-bad decoration-bad/40"><LogText text={one.before} limit={400} /></del>}</td>
      <td className="px-2 py-0.5 align-top font-mono break-all"><span aria-label={one.kind} className="mr-1 text-dim">{SIGNS[one.kind]}</span>{one.after === null ? '' : <ins className={cn('no-underline', one.kind === 'removed' ? '' : 'text-good')}><LogText text={one.after} limit={400} /></ins>}{one.kind === 'redacted' ? <span className="text-dim"> redacted: whether it changed cannot be told</span> : null}</td>
    </tr>
  )
}
