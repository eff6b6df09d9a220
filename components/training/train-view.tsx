'use client'
import { useSyncExternalStore } from 'react'
import { EpochCurves } from '@/components/runs/epoch-curves'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { LogChoice } from './log-choice'
import { TrainForm } from './train-form'
import { TrainResult } from './train-result'
import { NO_TRAINING } from './train-state'
import { trainStore } from './train-store'
import { TrainStatus } from './train-status'

/** From a labelled log to a model in this browser: choose, train, see what it is worth, use it. */
export function TrainView() {
  const state = useSyncExternalStore(trainStore.subscribe, trainStore.state, () => NO_TRAINING)
  const { log, epochs, choice, files } = state
  const title = choice ? `${choice.name}, blocked protocol, W = ${choice.window}` : ''
  return (
    <div>
      <Section title="A labelled log"><LogChoice state={state} /></Section>
      {state.error ? <Notice tone="bad" className="mb-6">{state.error}</Notice> : null}
      {log ? <Section title="Training"><TrainForm key={log.name} log={log} busy={state.phase === 'training' || state.phase === 'scoring'} /><TrainStatus state={state} /></Section> : null}
      {files ? <TrainResult files={files} kept={state.kept} /> : null}
      {epochs.length > 0 ? <EpochCurves epochs={epochs} best={epochs.findLast((record) => record.best)?.epoch ?? null} name={title} /> : null}
    </div>
  )
}
