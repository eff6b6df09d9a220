'use client'
import { formatDuration } from '@/components/format/duration'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { secondsLeft, type TrainState } from './train-state'
import { trainStore } from './train-store'

/** How far training is, what it has learnt, and the ways to stop it and go on. */
export function TrainStatus({ state }: { state: TrainState }) {
  const { phase, choice, share } = state
  if (!choice || (phase !== 'training' && phase !== 'paused' && phase !== 'scoring')) return null
  return (
    <div className="rounded-md border border-line px-4 py-3">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <span className="flex-1" aria-live="polite">{statusText(state)}</span>
        {phase === 'training' ? <Button size="sm" onClick={() => trainStore.stop()}>Stop</Button> : null}
        {phase === 'paused' ? (
          <>
            <Button size="sm" tone="primary" onClick={() => void trainStore.train(choice, true)}>Continue</Button>
            <Button size="sm" disabled={state.epochs.length === 0} onClick={() => void trainStore.finish()}>Keep it as it is</Button>
          </>
        ) : null}
      </div>
      <Meter share={share} label={phase === 'scoring' ? 'Scoring' : 'Training'} className="mt-2 h-1.5" />
    </div>
  )
}

function statusText(state: TrainState): string {
  const { phase, step, epochs } = state
  if (phase === 'scoring') return 'Labelling the test lines'
  const last = epochs.at(-1)
  const learnt = last ? `; validation: loss ${last.validationLoss.toFixed(3)}, ${(last.validationAccuracy * 100).toFixed(1)} % of label parts right` : ''
  if (phase === 'paused') return `Stopped after epoch ${epochs.length}${learnt}. Continue goes on from there.`
  if (!step) return 'Making the network'
  const left = secondsLeft(state)
  return `Epoch ${step.epoch} of at most ${step.epochs}, loss ${step.loss.toFixed(3)}${learnt}${left === null ? '' : `; at most ${formatDuration(Math.max(1, Math.round(left)))} left`}`
}
