'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DifferencesTable } from '@/components/lines/differences-table'
import { KINDS, linesCodec } from '@/components/lines/lines-state'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import type { CompareState } from './compare-state'
import type { ComparedRun } from './compared-run'
import { PairTests } from './pair-tests'
import { pairKey, usePairs, type ComparedPair, type PairAnswer } from './use-pairs'

/** As many are tested without being asked: each takes the server some seconds. */
const AT_FIRST = 4

interface Props {
  runs: readonly ComparedRun[]
  baseline: ComparedRun
  /** How many lines each run has kept its answers of; runs without are not in it. */
  answered: Readonly<Record<string, number>>
  state: CompareState
  change: (next: (now: CompareState) => CompareState) => void
  children: (answers: ReadonlyMap<string, PairAnswer>) => React.ReactNode
}

/** Tests of every run against the baseline, and where a chosen one differs from it. */
export function PairSection({ runs, baseline, answered, state, change, children }: Props) {
  const [every, setEvery] = useState(false)
  const able = (one: ComparedRun): boolean => (answered[one.run.id] ?? 0) > 0
  const others = able(baseline) ? runs.filter((one) => one !== baseline && able(one)) : []
  const tested = every ? others : others.filter((one, place) => place < AT_FIRST || one.run.id === state.pair)
  const answers = usePairs(baseline.run.id, tested.map((one) => one.run.id))
  const chosen = tested.find((one) => one.run.id === state.pair) ?? (tested.length === 1 ? tested[0] : undefined)
  const answer = chosen ? answers.get(pairKey(baseline.run.id, chosen.run.id)) : undefined
  const silent = runs.filter((one) => !able(one))
  return (
    <>
      {children(answers)}
      <Section title="Is it more than chance?" aside={others.length > tested.length ? <Button size="sm" onClick={() => setEvery(true)}>Test the other {others.length - tested.length} too</Button> : null}>
        {tested.length > 0 ? <PairTests baseline={baseline} others={tested} answers={answers} chosen={chosen?.run.id ?? null} onChoose={(pair) => change((now) => ({ ...now, pair: now.pair === pair ? null : pair }))} /> : <p className="text-dim">Tests need two runs that kept what they said of each test line; {able(baseline) ? 'no other run of this comparison did' : `${baseline.name} did not`}. Trainings keep it when they end.</p>}
        {tested.length > 0 && silent.length > 0 ? <Notice className="mt-2">{silent.map((one) => one.name).join(', ')} {silent.length === 1 ? 'has' : 'have'} kept no answers line by line and {silent.length === 1 ? 'is' : 'are'} not tested: measured only, unfinished, or made by an earlier version. A clone keeps them.</Notice> : null}
      </Section>
      {chosen && answer && 'pair' in answer ? <PairDifferences baseline={baseline} other={chosen} pair={answer.pair} state={state} change={change} /> : null}
    </>
  )
}

function PairDifferences({ baseline, other, pair, state, change }: { baseline: ComparedRun; other: ComparedRun; pair: ComparedPair; state: CompareState; change: Props['change'] }) {
  const router = useRouter()
  const rows = pair.tables[state.by]
  const aside = (
    <label className="flex items-center gap-2 text-12 text-dim">by<Select aria-label="Differences by" value={state.by} onChange={({ target }) => change((now) => ({ ...now, by: KINDS.find((kind) => kind === target.value) ?? 'label' }))}>{KINDS.map((kind) => <option key={kind} value={kind}>{kind}</option>)}</Select></label>
  )
  return (
    <Section title={`Where ${other.name} differs from ${baseline.name}`} aside={aside}>
      <p className="mb-2 text-12 text-dim">On the {plural(pair.lines, 'line')} in common. A is {baseline.name}, B is {other.name}; a name opens its lines.</p>
      <DifferencesTable key={`${other.run.id} ${state.by}`} rows={rows} by={state.by} onOpen={(key) => router.push(`/compare/lines?${linesCodec.write({ a: baseline.run.id, b: other.run.id, runs: [], show: ['a', 'b'], only: { [state.by]: key }, q: '', by: state.by, at: null, raw: false }).toString()}`)} />
    </Section>
  )
}
