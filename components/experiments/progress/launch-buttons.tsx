'use client'
import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { Budget } from '@/lib/experiments/launch-options'
import { plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Tip } from '@/components/ui/tip'
import { showFailure, showToast } from '@/components/ui/toast'
import type { LaunchView } from '../launch-view'
import type { LaunchRun } from './launch-run'

const COMPARED = 20

/** Stop, resume, priority and comparison of a whole launch. */
export function LaunchButtons({ launch, runs, onDone }: { launch: LaunchView; runs: readonly LaunchRun[]; onDone: () => void }) {
  const has = (...states: readonly string[]): boolean => runs.some(({ line }) => states.includes(line.state))
  const [working, stopped, failed] = [has('queued', 'running'), has('stopped'), has('failed')]
  const send = (path: string, body: object, said: (answer: { queued?: number }) => string): void => {
    callApi<{ queued?: number }>(`/api/experiments/launches/${launch.id}/${path}`, { method: 'POST', body }).then((answer) => {
      showToast(said(answer), path === 'stop' ? { action: { label: 'Resume', run: () => resume() } } : {})
      onDone()
    }, showFailure)
  }
  const stop = (): void => send('stop', {}, () => 'The launch stops; what its runs have learnt is kept.')
  const resume = (budget?: object): void => send('resume', budget ? { budget } : {}, ({ queued = 0 }) => `${plural(queued, 'run')} wait for a worker again.`)
  const again = (): void => send('resume', { failed: true }, ({ queued = 0 }) => `${plural(queued, 'run')} wait for a worker again.`)
  useKey('s', 'Stop the launch', 'This experiment', stop, { enabled: working })
  useKey('r', 'Resume the launch', 'This experiment', () => resume(), { enabled: stopped })
  const done = runs.filter(({ line }) => line.state === 'done').slice(0, COMPARED)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {working ? <Priority launch={launch} onSet={(priority) => send('priority', { priority }, () => `Its runs have priority ${priority}.`)} /> : null}
      {done.length > 1 ? <ButtonLink prefetch={false} href={`/compare?runs=${done.map(({ line }) => line.id).join(',')}`}>Compare them</ButtonLink> : null}
      {stopped && launch.options.budget ? <LargerBudget budget={launch.options.budget} onResume={resume} /> : null}
      {stopped ? <Tip label="Go on from the checkpoints" keys="r"><Button onClick={() => resume()}><Play aria-hidden />Resume the launch</Button></Tip> : null}
      {failed && !working ? <Tip label="Queue the failed runs again"><Button onClick={again}>Retry the failed</Button></Tip> : null}
      {working ? <Tip label="Stop every run and keep checkpoints" keys="s"><Button tone="danger" onClick={stop}><Square aria-hidden />Stop the launch</Button></Tip> : null}
    </div>
  )
}

/** A launch whose budget is spent goes on with a larger one alone. */
function LargerBudget({ budget, onResume }: { budget: Budget; onResume: (budget: Budget) => void }) {
  const [minutes, setMinutes] = useState(budget.seconds ? String(Math.ceil(budget.seconds / 60)) : '')
  const [runs, setRuns] = useState(budget.runs ? String(budget.runs) : '')
  const next: Budget = { ...(Number(minutes) > 0 ? { seconds: Number(minutes) * 60 } : {}), ...(Number(runs) > 0 ? { runs: Number(runs) } : {}) }
  return (
    <form className="flex items-center gap-2 text-dim" action={() => onResume(next)}>
      {budget.seconds ? <><Input aria-label="Minutes at most" type="number" min={1} className="w-20" value={minutes} onChange={(event) => setMinutes(event.target.value)} /><span aria-hidden>min at most</span></> : null}
      {budget.runs ? <><Input aria-label="Runs at most" type="number" min={1} className="w-20" value={runs} onChange={(event) => setRuns(event.target.value)} /><span aria-hidden>runs at most</span></> : null}
      <Button type="submit">Resume with this budget</Button>
    </form>
  )
}

function Priority({ launch, onSet }: { launch: LaunchView; onSet: (priority: number) => void }) {
  const [text, setText] = useState(String(launch.options.priority ?? 0))
  const set = (): void => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isInteger(value) && value !== (launch.options.priority ?? 0)) onSet(Math.max(-100, Math.min(100, value)))
  }
  return (
    <span className="flex items-center gap-2 text-dim">
      <span aria-hidden>priority</span>
      <Input aria-label="Priority" type="number" min={-100} max={100} className="w-18" value={text} onChange={(event) => setText(event.target.value)} onBlur={set} onKeyDown={(event) => (event.key === 'Enter' ? set() : undefined)} title="Larger begins sooner; Enter sets it" />
    </span>
  )
}
