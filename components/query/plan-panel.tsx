'use client'
import type { QueryPlan } from '@/lib/query'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import type { Answers } from './use-answers'

const HOW: Readonly<Record<QueryPlan['steps'][number]['how'], string>> = {
  index: 'by its index: lists of rows by value',
  codes: 'by the code of each row',
  'values of the rows': 'each distinct value of the rows left, once',
  numbers: 'the number or time of each row',
  'row by row': 'row by row, fields against one another',
  members: 'by what was found among the members',
}

/** How the query was answered: each test as it was run, what it looked at and what it left. */
export function PlanPanel({ plan, seconds, linked }: { plan: QueryPlan | null; seconds: number; linked: Answers['linked'] }) {
  if (plan === null) return <p className="text-dim">Run a query, and this tells how it was answered.</p>
  return (
    <div className="space-y-3">
      <p>{plural(plan.rows, plan.of === 'contexts' ? 'context' : 'line')}, {formatCount(plan.matched)} found in <b className="font-semibold">{formatDuration(seconds)}</b>{linked === 'now' ? '; contexts were linked when the log was read' : ''}.</p>
      {plan.steps.length === 0 ? <p className="text-dim">Nothing was tested: everything is asked for.</p> : null}
      <ol className="space-y-2">
        {plan.steps.map((step, at) => (
          <li key={at} className="rounded-md border border-line p-2">
            <code className="block font-mono text-12 break-words"><LogText text={step.test} limit={600} /></code>
            <p className="mt-1 text-12 text-dim">{step.on === 'members' ? 'of members, ' : ''}{HOW[step.how]}</p>
            <p className="text-12">looked at <b className="font-semibold">{formatCount(step.lookedAt)}</b>, left <b className="font-semibold">{formatCount(step.kept)}</b></p>
            {step.values ? <p className="text-12 text-dim">{step.values.matching === null ? '' : `${formatCount(step.values.matching)} of `}{plural(step.values.distinct, 'distinct value')}{step.values.matching === null ? '' : ' match'}</p> : null}
          </li>
        ))}
      </ol>
      {plan.columns.length > 0 ? <p className="text-12 text-dim">Columns read: {plan.columns.map((name, at) => <span key={name}>{at > 0 ? ', ' : ''}<code className="font-mono"><LogText text={name} limit={100} /></code></span>)}.</p> : null}
    </div>
  )
}
