'use client'
import { CircleSlash } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { AnswerFacet } from '@/lib/contexts/query-answers'
import { LogText } from '@/components/format/log-text'
import { visibleText } from '@/components/format/visible'
import { formatCount } from '@/components/format/number'
import { equalTest } from './add-test'

const TITLES: Readonly<Record<string, string>> = { 'user.username': 'User', verb: 'Verb', 'objectRef.resource': 'Resource', 'objectRef.namespace': 'Namespace', 'responseStatus.code': 'Status' }
/** What is longer would fill a query by itself. */
const LONGEST = 1000

type Value = AnswerFacet['values'][number]['value']

/** What the answers have most of; a click asks for one value, with Alt for all others. */
export function FacetsPanel({ facets, matched, onTest }: { facets: readonly AnswerFacet[]; matched: number; onTest: (test: string) => void }) {
  return (
    <div className="space-y-4">
      <p className="text-12 text-dim">Click a value to ask for it, <kbd className="font-mono">Alt</kbd>-click (or its ⊘) to leave it out.</p>
      {facets.map((facet) => (
        <section key={facet.path} aria-label={TITLES[facet.path] ?? facet.path}>
          <h3 className="mb-1 flex justify-between text-12 font-medium text-dim"><span>{TITLES[facet.path] ?? facet.path}</span><span>{formatCount(facet.distinct)}</span></h3>
          <ul>
            {facet.values.filter(({ value }) => typeof value !== 'string' || value.length <= LONGEST).map(({ value, count }) => <FacetRow key={`${typeof value} ${String(value)}`} path={facet.path} value={value} count={count} share={matched === 0 ? 0 : count / matched} onTest={onTest} />)}
          </ul>
          {facet.distinct > facet.values.length ? <p className="px-1 text-12 text-dim">and {formatCount(facet.distinct - facet.values.length)} more</p> : null}
        </section>
      ))}
    </div>
  )
}

function FacetRow({ path, value, count, share, onTest }: { path: string; value: Value; count: number; share: number; onTest: (test: string) => void }) {
  const add = (event: MouseEvent): void => onTest(equalTest(path, value, event.altKey ? '!=' : '=='))
  const name = value === null ? 'none' : visibleText(String(value), 80)
  return (
    <li className="relative flex items-center">
      <span aria-hidden className="absolute inset-y-0.5 left-0 rounded-sm bg-accent-bg" style={{ width: `${Math.min(100, share * 100)}%` }} />
      <button type="button" className="relative flex h-6 min-w-0 flex-1 items-center gap-2 rounded-sm px-1 text-left hover:bg-hover" onClick={add} onKeyDown={(event) => { if (event.key === 'Enter' && event.altKey) { event.preventDefault(); onTest(equalTest(path, value, '!=')) } }}>
        <span className="min-w-0 flex-1 truncate">{value === null ? <span className="text-dim">none</span> : <LogText text={String(value)} limit={80} />}</span>
        <span className="text-12 text-dim">{formatCount(count)}</span>
      </button>
      <button type="button" aria-label={`Leave out ${name}`} title={`Leave out ${name}`} className="relative rounded-sm p-1 text-dim hover:bg-hover hover:text-ink" onClick={() => onTest(equalTest(path, value, '!='))}><CircleSlash aria-hidden className="size-3" /></button>
    </li>
  )
}
