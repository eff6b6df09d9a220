'use client'
import { Suspense } from 'react'
import type { SavedQuery } from '@/lib/contexts/saved-query'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'
import { useAheadState } from '@/components/url/use-ahead-state'
import { chosenLog, type LogChoice } from './log-choices'
import { LogPicker } from './log-picker'
import { queryCodec } from './query-state'
import { Workbench } from './workbench'

interface Props {
  readonly logs: readonly LogChoice[]
  /** The data set that the frame has chosen. */
  readonly current: string | null
  readonly saved: readonly SavedQuery[]
}

/** A data set is asked for contexts: the answer, over time, and how it was found. Its state is the address. */
export function QueryView(props: Props) {
  return <Suspense><Room {...props} /></Suspense>
}

function Room({ logs, current, saved }: Props) {
  const [state, change] = useAheadState(queryCodec)
  const chosen = chosenLog(logs, current, state)
  return (
    <Page wide title="Query" summary="Ask a log for the contexts whose trigger, and what followed, is as you say." actions={chosen ? <LogPicker logs={logs} log={chosen.log} reconstructionId={chosen.reconstructionId} of={state.of} onChange={(to) => change((now) => ({ ...now, ...to }), true)} /> : null}>
      {chosen ? <Workbench logs={logs} log={chosen.log} reconstructionId={chosen.reconstructionId} state={state} change={change} saved={saved} /> : <NoLog gone={logs.length > 0} />}
    </Page>
  )
}

function NoLog({ gone }: { gone: boolean }) {
  return gone ? (
    <Empty title="This data set is not here" action={<ButtonLink href="/query" tone="primary">Ask another one</ButtonLink>}>It may have been deleted, or is still being imported.</Empty>
  ) : (
    <Empty title="There is no log to ask yet" action={<ButtonLink href="/datasets" tone="primary">Import a log</ButtonLink>}>Import one, or the sample that ships, and come back: every data set can be asked as soon as it is here.</Empty>
  )
}
