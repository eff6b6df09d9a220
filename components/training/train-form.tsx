'use client'
import { useState } from 'react'
import { getPreset } from '@/lib/model/presets'
import { MODEL_NAME } from '@/lib/model/model-name'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { BROWSER_PRESET } from './train-plan'
import type { TrainingLog } from './train-protocol'
import { firstChoice } from './train-state'
import { trainStore } from './train-store'

const MOST_EPOCHS = 500

/** What may be chosen of a training; the rest is the preset's. */
export function TrainForm({ log, busy }: { log: TrainingLog; busy: boolean }) {
  const [choice, setChoice] = useState(() => firstChoice(log, getPreset(BROWSER_PRESET).training.epochs))
  const sound = MODEL_NAME.test(choice.name) && Number.isInteger(choice.epochs) && choice.epochs >= 1 && choice.epochs <= MOST_EPOCHS && Number.isInteger(choice.seed) && choice.seed >= 0
  return (
    <form className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-3" onSubmit={(event) => {
      event.preventDefault()
      if (sound && !busy) void trainStore.train(choice, false)
    }}>
      <Field label="Name" className="w-56"><Input value={choice.name} disabled={busy} aria-invalid={!MODEL_NAME.test(choice.name)} onChange={(event) => setChoice({ ...choice, name: event.target.value })} /></Field>
      <Field label="Window">
        <Select value={choice.window} disabled={busy} onChange={(event) => setChoice({ ...choice, window: Number(event.target.value) })}>
          {log.windows.map((window) => <option key={window} value={window}>{window} lines</option>)}
        </Select>
      </Field>
      <Field label="Epochs, at most" className="w-28"><Input type="number" min={1} max={MOST_EPOCHS} value={choice.epochs} disabled={busy} onChange={(event) => setChoice({ ...choice, epochs: event.target.valueAsNumber })} /></Field>
      <Field label="Seed" className="w-24"><Input type="number" min={0} value={choice.seed} disabled={busy} onChange={(event) => setChoice({ ...choice, seed: event.target.valueAsNumber })} /></Field>
      <Button type="submit" tone="primary" disabled={busy || !sound}>Train</Button>
      <p className="w-full text-12 text-dim">
        Preset {BROWSER_PRESET}; the first four fifths of the lines are learnt from, the last tenth is kept for the test (blocked protocol, W − 1 lines between them unused).
        {MODEL_NAME.test(choice.name) ? '' : ' A name has lower-case letters, digits, dots, dashes and underscores, 64 at most.'}
      </p>
    </form>
  )
}
