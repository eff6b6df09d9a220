'use client'
import { AGREEMENT_PARTS } from '@/lib/labelling/agreement/ratings'
import type { AgreementAnswer, PairDetail } from '@/lib/labelling/agreement/answers'
import { useLiveMessage } from '@/components/live/use-live'
import { ButtonLink, Button } from '@/components/ui/button'
import { Empty, Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useAheadState } from '@/components/url/use-ahead-state'
import { PART_NAMES } from '../part-text'
import { SidePickers, sideName } from '../side-pickers'
import { useAnswer } from '../use-answer'
import { agreementCodec, pairQueryText, type AgreementState } from './agreement-state'
import type { AssignmentLine } from './assignment-line'
import { AssignmentsSection } from './assignments-section'
import { CellRequests } from './cell-requests'
import { ClassTable } from './class-table'
import { IntervalNote, PairTable, PeopleTable } from './figures-table'
import { Matrix } from './matrix'

/** Who agrees with whom, by how much, and where two of them do not. */
export function AgreementView({ dataset, me }: { dataset: string; me: string }) {
  const [state, change] = useAheadState(agreementCodec)
  const answer = useAnswer<AgreementAnswer>(`/api/datasets/${dataset}/agreement${pairQueryText(state)}`)
  const assignments = useAnswer<{ readonly assignments: readonly AssignmentLine[] }>(`/api/datasets/${dataset}/assignments`)
  useLiveMessage('labels', (message) => {
    if (message.dataset !== dataset) return
    answer.refresh()
    assignments.refresh()
  })
  return (
    <>
      {answer.error ? <Notice tone="bad" className="mb-4">{answer.error}</Notice> : null}
      <AssignmentsSection dataset={dataset} me={me} answer={assignments} />
      {answer.value === null ? answer.error ? null : <div role="status" aria-label="Loading" className="skeleton h-96" /> : <Figures dataset={dataset} answer={answer.value} state={state} change={change} />}
    </>
  )
}

type Change = (next: (now: AgreementState) => AgreementState, push?: boolean) => void

function Figures({ dataset, answer, state, change }: { dataset: string; answer: AgreementAnswer; state: AgreementState; change: Change }) {
  const { people, pair, sides } = answer
  if (pair === null) return <Empty title="Nothing to compare yet" action={<ButtonLink href={`/label/${dataset}`}>Label</ButtonLink>}>Agreement takes two opinions of the same request: assign a second labelling above, or let the labelling page make suggestions to compare with.</Empty>
  return (
    <>
      <Section title="Agreement of all annotators" aside={<span className="text-12 text-dim">{sides.filter((side) => side.people && side.rated > 0).map((side) => side.name).join(' · ')}</span>}>
        {people === null ? <p className="text-dim">No two people have said anything of the same request yet.</p> : <><PeopleTable report={people} /><IntervalNote report={people} /></>}
      </Section>
      <Section title="Two sides" aside={<SidePickers sides={sides} a={pair.a} b={pair.b} onChange={(a, b) => change((now) => ({ ...now, a, b, cell: null }), true)} />}>
        <Pair dataset={dataset} answer={answer} pair={pair} state={state} change={change} />
      </Section>
    </>
  )
}

function Pair({ dataset, answer, pair, state, change }: { dataset: string; answer: AgreementAnswer; pair: PairDetail; state: AgreementState; change: Change }) {
  const [nameA, nameB] = [sideName(answer.sides, pair.a), sideName(answer.sides, pair.b)]
  const disagreed = pair.matrix.units - pair.matrix.agreed
  return (
    <>
      <PairTable pairs={pair.report.pairs} /><IntervalNote report={pair.report} />
      <div className="mt-5 mb-2 flex flex-wrap items-center gap-1" role="group" aria-label="Part of the label">
        {AGREEMENT_PARTS.map((part) => <Button key={part} size="sm" tone="quiet" aria-pressed={pair.part === part} className={pair.part === part ? 'bg-accent-bg text-ink' : ''} onClick={() => change((now) => ({ ...now, part, cell: null }), true)}>{PART_NAMES[part]}</Button>)}
        <span className="flex-1" />
        {disagreed > 0 ? <ButtonLink size="sm" href={`/label/${dataset}/review${pairQueryText({ a: pair.a, b: pair.b })}`}>Review disagreements</ButtonLink> : null}
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] [&>*]:min-w-0">
        <Matrix pair={pair} nameA={nameA} nameB={nameB} open={state.cell} onOpen={(cell) => change((now) => ({ ...now, cell }))} />
        {state.cell ? <CellRequests dataset={dataset} pair={pair} cell={state.cell} onClose={() => change((now) => ({ ...now, cell: null }))} /> : <ClassTable pair={pair} nameA={nameA} nameB={nameB} />}
      </div>
    </>
  )
}
