'use client'
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { ReviewAnswer } from '@/lib/labelling/agreement/answers'
import { formatCount, plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { useLiveMessage } from '@/components/live/use-live'
import { Button, ButtonLink } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Empty, Notice } from '@/components/ui/notice'
import { useAheadState } from '@/components/url/use-ahead-state'
import { pairQueryText } from '../agreement/agreement-state'
import { partText } from '../part-text'
import { SidePickers, sideName } from '../side-pickers'
import { useAnswer } from '../use-answer'
import { AnotherLabel } from './another-label'
import { ItemDetail } from './item-detail'
import { ItemList } from './item-list'
import { anotherDecision, decisionOf, reviewCodec, shownItems, type Decision, type ReviewState } from './review-state'
import { useDecisions } from './use-decisions'

const GROUP = 'Review'

/** The queue of disagreements: both sides, and one key that decides. */
export function ReviewView({ dataset }: { dataset: string }) {
  const [state, change] = useAheadState(reviewCodec)
  const answer = useAnswer<ReviewAnswer>(`/api/datasets/${dataset}/adjudication${pairQueryText({ a: state.a, b: state.b })}`)
  useLiveMessage('labels', (message) => { if (message.dataset === dataset) answer.refresh() })
  if (answer.value === null) return answer.error ? <Notice tone="bad">{answer.error}</Notice> : <div role="status" aria-label="Loading" className="skeleton h-96" />
  const { pair, sides, open, settled, common } = answer.value
  if (pair === null) return <Empty title="Nobody disagrees yet" action={<ButtonLink href={`/label/${dataset}/agreement`}>Assign a second labelling</ButtonLink>}>There is something to decide once two people, or a person and the model, have said something of the same request.</Empty>
  return (
    <>
      {answer.error ? <Notice tone="bad" className="mb-4">{answer.error}</Notice> : null}
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SidePickers sides={sides} a={pair.a} b={pair.b} onChange={(a, b) => change((now) => ({ ...now, a, b, cell: null, at: '' }), true)} />
        <div role="group" aria-label="Which" className="flex gap-1">
          <Button size="sm" tone="quiet" aria-pressed={!state.settled} className={state.settled ? '' : 'bg-accent-bg text-ink'} onClick={() => change((now) => ({ ...now, settled: false, at: '' }))}>{formatCount(open)} open</Button>
          <Button size="sm" tone="quiet" aria-pressed={state.settled} className={state.settled ? 'bg-accent-bg text-ink' : ''} onClick={() => change((now) => ({ ...now, settled: true, at: '' }))}>{formatCount(settled)} decided</Button>
        </div>
        <span className="text-12 text-dim">of {plural(common, 'request')} that both labelled</span>
        {state.cell ? <Button size="sm" onClick={() => change((now) => ({ ...now, cell: null }))}>only {partText(state.part, state.cell[0])} against {partText(state.part, state.cell[1])} ×</Button> : null}
      </div>
      <Queue dataset={dataset} answer={answer} value={answer.value} names={[sideName(sides, pair.a), sideName(sides, pair.b)]} state={state} change={change} />
    </>
  )
}

interface QueueProps { readonly dataset: string; readonly answer: ReturnType<typeof useAnswer<ReviewAnswer>>; readonly value: ReviewAnswer; readonly names: readonly [string, string]; readonly state: ReviewState; readonly change: (next: (now: ReviewState) => ReviewState) => void }

function Queue({ dataset, answer, value, names, state, change }: QueueProps) {
  const [raw, setRaw] = useState(false)
  const [picking, setPicking] = useState(false)
  const body = useSpaceOfControls()
  const items = shownItems(value.items, state)
  const found = items.findIndex(({ request }) => request.auditID === state.at)
  // What was decided has left the queue, and the next stands in its place.
  const [last, setLast] = useState(0)
  const at = found >= 0 ? found : Math.min(last, items.length - 1)
  const item = items[at]
  const go = (index: number): void => {
    const to = Math.max(0, Math.min(items.length - 1, index))
    setLast(to)
    change((now) => ({ ...now, at: items[to]?.request.auditID ?? '' }))
  }
  const { decide, undo } = useDecisions(dataset, answer)
  const settle = (decision: Decision | null): void => {
    if (!item || decision === null) return
    setLast(at)
    change((now) => ({ ...now, at: items[at + 1]?.request.auditID ?? '' }))
    decide(item, decision)
  }
  const takeBack = (): void => undo((auditID) => change((now) => ({ ...now, settled: false, at: auditID ?? now.at })))
  const side = (letter: 'a' | 'b'): void => settle(item ? decisionOf(item, letter) : null)
  useKey('1', 'Side A is right', GROUP, () => side('a'))
  useKey('2', 'Side B is right', GROUP, () => side('b'))
  useKey('l', 'Another label', GROUP, () => setPicking(item !== undefined))
  useKey('j', 'Next disagreement', GROUP, () => go(at + 1))
  useKey('k', 'Previous disagreement', GROUP, () => go(at - 1))
  useKey('ArrowDown', 'Next disagreement', GROUP, () => go(at + 1))
  useKey('ArrowUp', 'Previous disagreement', GROUP, () => go(at - 1))
  useKey(' ', 'Raw JSON', GROUP, () => setRaw((now) => !now))
  useKey('mod+z', 'Take the newest decision back', GROUP, takeBack)
  return (
    <div ref={body}>
      {item ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] [&>*]:min-w-0">
          <ItemList items={items} at={at} onAt={go} />
          <ItemDetail dataset={dataset} item={item} names={names} raw={raw} onPick={side} onAnother={() => setPicking(true)} onRaw={() => setRaw((now) => !now)} />
        </div>
      ) : <Empty title={state.settled ? 'Nothing is decided yet' : 'Nothing is left to decide'}>{state.settled ? 'Decisions stand here with what both sides had said.' : `Between ${names[0]} and ${names[1]}${state.cell ? ', in this cell of the matrix' : ''}.`}</Empty>}
      <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-dim"><Button size="sm" onClick={takeBack}>Take the newest decision back <Kbd>Ctrl Z</Kbd></Button><span><Kbd>1</Kbd> A</span><span><Kbd>2</Kbd> B</span><span><Kbd>l</Kbd> another label</span><span><Kbd>j</Kbd> <Kbd>k</Kbd> move</span></p>
      <AnotherLabel items={value.items} open={picking} onOpenChange={setPicking} onPick={(label) => { setPicking(false); if (item) settle(anotherDecision(item, label)) }} />
    </div>
  )
}

/** Space belongs to the control that the reader has gone to by keyboard; everywhere else it shows the JSON. */
function useSpaceOfControls(): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = body.current
    const keep = (event: KeyboardEvent): void => {
      const control = event.key === ' ' && event.target instanceof Element ? event.target.closest('button, a, summary') : null
      if (control?.matches(':focus-visible')) event.stopPropagation()
    }
    element?.addEventListener('keydown', keep)
    return () => element?.removeEventListener('keydown', keep)
  }, [])
  return body
}
