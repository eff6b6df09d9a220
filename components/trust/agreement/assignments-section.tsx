'use client'
import { useState } from 'react'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Bar } from '@/components/ui/meter'
import { Section } from '@/components/ui/page'
import { showFailure } from '@/components/ui/toast'
import type { Answer } from '../use-answer'
import { AssignmentDialog } from './assignment-dialog'
import { sampleText, type AssignmentLine } from './assignment-line'

/** Who labels what a second time, and how far they are. */
export function AssignmentsSection({ dataset, me, answer }: { dataset: string; me: string; answer: Answer<{ readonly assignments: readonly AssignmentLine[] }> }) {
  const [making, setMaking] = useState(false)
  useKey('n', 'New second labelling', 'Agreement', () => setMaking(true))
  const assignments = answer.value?.assignments ?? []
  return (
    <Section title="Second labellings" aside={<Button size="sm" onClick={() => setMaking(true)}>New second labelling <Kbd>n</Kbd></Button>}>
      {answer.value !== null && assignments.length === 0 ? <p className="text-dim">Nobody has been asked for a second opinion yet. A sample of a hundred requests, drawn by class, tells much.</p> : null}
      <ul aria-label="Second labellings">{assignments.map((one) => <AssignmentRow key={one.id} dataset={dataset} me={me} one={one} onChanged={answer.refresh} />)}</ul>
      <AssignmentDialog dataset={dataset} open={making} onOpenChange={setMaking} onMade={answer.refresh} />
    </Section>
  )
}

function AssignmentRow({ dataset, me, one, onChanged }: { dataset: string; me: string; one: AssignmentLine; onChanged: () => void }) {
  const done = one.labelled + one.skipped
  const next = one.state === 'open' ? 'closed' : 'open'
  const turn = (): void => { callApi(`/api/datasets/${dataset}/assignments`, { method: 'POST', body: { assignment: one.id, state: next } }).then(onChanged, showFailure) }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2">
      <span className="min-w-0 flex-1 basis-80"><b className="font-medium"><LogText text={one.title} limit={200} /></b> <span className="text-dim">for</span> <LogText text={one.annotator} limit={64} />{one.state === 'closed' ? <span className="ml-2 rounded-sm border border-line px-1.5 text-12 text-dim">closed</span> : null}<span className="block text-12 text-dim">{sampleText(one)}; by <LogText text={one.createdBy} limit={64} />, <Ago at={one.createdAt} /></span></span>
      <span className="flex items-center gap-2"><Bar share={one.requests === 0 ? 0 : done / one.requests} className="w-24" />{formatCount(done)} of {formatCount(one.requests)}</span>
      <span className="flex gap-2">
        {one.state === 'open' && one.annotator === me ? <ButtonLink size="sm" tone="primary" href={`/label/${dataset}?assignment=${one.id}`}>Label</ButtonLink> : null}
        <Button size="sm" onClick={turn}>{one.state === 'open' ? 'Close' : 'Open again'}</Button>
      </span>
    </li>
  )
}
