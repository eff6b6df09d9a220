'use client'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { SCALES, type ExperimentSpec, type Scale } from '@/lib/experiments/spec/experiment-spec'
import { formatDuration } from '@/components/format/duration'
import { formatCount, plural } from '@/components/format/number'
import { keyText } from '@/components/keys/key-registry'
import { useIsMac, useKey } from '@/components/keys/use-key'
import { callApi } from '@/components/live/call-api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { Empty } from '@/components/ui/notice'
import { Tip } from '@/components/ui/tip'
import { showFailure, showToast } from '@/components/ui/toast'
import { firstChoices, forecast, ofScale, toBody, transfers, type DatasetChoice, type Forecast, type LaunchChoices } from './launch-choices'
import { LaunchOptions } from './launch-options'
import { SweepEditor } from './sweep-editor'

interface Props { spec: ExperimentSpec; datasets: readonly DatasetChoice[]; dataset: string | null; scale: Scale }

/** What is launched and how long it is likely to take; everything begins as the scale has it. */
export function LaunchForm({ spec, datasets, dataset, scale }: Props) {
  const [choices, setChoices] = useState(() => firstChoices(spec, scale, datasets, dataset))
  const later = useDeferredValue(choices)
  const made = useMemo(() => forecast(spec, later, datasets.find((one) => one.id === later.dataset)?.events ?? 0), [spec, later, datasets])
  const form = useRef<HTMLFormElement>(null)
  const { busy, launch } = useLaunch(spec, choices)
  const mac = useIsMac()
  useKey('l', 'To the launch form', 'This experiment', () => {
    form.current?.scrollIntoView({ block: 'start' })
    form.current?.querySelector<HTMLElement>('select, input')?.focus()
  })
  useKey('mod+Enter', 'Launch', 'This experiment', () => form.current?.requestSubmit(), { always: true })
  if (datasets.length === 0) return <Empty title="There is nothing to measure on yet" action={<ButtonLink href="/datasets" tone="primary">Import a log with its truth</ButtonLink>}>An experiment needs a data set with a truth. lab-a ships with one.</Empty>
  const set = (change: Partial<LaunchChoices>): void => setChoices((now) => ({ ...now, ...change }))
  const able = !busy && !('problem' in made)
  return (
    <form ref={form} action={() => (able ? void launch() : undefined)} aria-label="Launch" className="scroll-mt-16 space-y-4 rounded-md border border-line p-4">
      <Basics spec={spec} choices={choices} datasets={datasets} onChange={set} />
      <SweepEditor spec={spec} choices={choices} onChange={(axes) => set({ axes })} />
      <LaunchOptions choices={choices} trains={spec.runs.kind === 'train'} onChange={set} />
      <div className="flex min-h-10 flex-wrap items-center gap-4">
        <Tip label="Launch" keys={keyText('mod+Enter', mac)}><Button tone="primary" size="lg" type="submit" disabled={!able}><Play aria-hidden />Launch {'problem' in made ? '' : plural(made.runs, 'run')}</Button></Tip>
        <p className={'problem' in made ? 'text-bad' : 'text-dim'} aria-live="polite">{forecastText(made)}</p>
      </div>
    </form>
  )
}

function forecastText(made: Forecast): string {
  if ('problem' in made) return made.problem
  const grows = made.runs > made.begun ? `begins with ${formatCount(made.begun)}, the others follow from what these find; ` : ''
  return `${grows}about ${formatDuration(Math.max(1, made.minutes * 60))} on 2 cores with one worker`
}

function Basics({ spec, choices, datasets, onChange }: { spec: ExperimentSpec; choices: LaunchChoices; datasets: readonly DatasetChoice[]; onChange: (change: Partial<LaunchChoices>) => void }) {
  const trains = spec.runs.kind === 'train'
  const splits = datasets.find((one) => one.id === choices.dataset)?.splits ?? []
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Field label="Dataset"><Select className="w-full" value={choices.dataset} onChange={(event) => onChange({ dataset: event.target.value, storedSplit: null })}>{datasets.map((one) => <option key={one.id} value={one.id}>{one.name}, {formatCount(one.events)} events</option>)}</Select></Field>
      {transfers(spec, choices) ? <Field label="Scored on" hint="Runs of the transfer protocol learn on the data set and are scored on this one"><Select className="w-full" value={choices.scoredOn} onChange={(event) => onChange({ scoredOn: event.target.value })}>{datasets.map((one) => <option key={one.id} value={one.name}>{one.name}, {formatCount(one.events)} events</option>)}</Select></Field> : null}
      {trains && splits.length > 0 ? <HeldOut splits={splits} chosen={choices.storedSplit} onChange={(storedSplit) => onChange({ storedSplit })} /> : null}
      <Field label="Scale" hint={`as measured, all of it: about ${formatDuration(spec.scales[choices.scale].expectedMinutes * 60)}`}>
        <Select className="w-full" value={choices.scale} onChange={(event) => onChange(ofScale(spec, SCALES.find((name) => name === event.target.value) ?? 'quick'))}>{SCALES.map((name) => <option key={name}>{name}</option>)}</Select>
      </Field>
      <Field label="Seeds" hint="Each is one repetition: 1-20"><Input required value={choices.seeds} onChange={(event) => onChange({ seeds: event.target.value })} /></Field>
      <Field label="Lines" hint="From the start of the log; empty is all"><Input inputMode="numeric" pattern="[0-9]*" value={choices.lines} onChange={(event) => onChange({ lines: event.target.value })} /></Field>
      {trains ? <Field label="Epochs at most" hint="Empty is the scale’s own"><Input inputMode="numeric" pattern="[0-9]*" value={choices.epochs} onChange={(event) => onChange({ epochs: event.target.value })} /></Field> : null}
    </div>
  )
}

/** Whether the experiment's own protocols or a split of the data set say which lines are held out. */
function HeldOut({ splits, chosen, onChange }: { splits: DatasetChoice['splits']; chosen: LaunchChoices['storedSplit']; onChange: (split: LaunchChoices['storedSplit']) => void }) {
  const at = splits.findIndex(({ name, version }) => name === chosen?.name && version === chosen.version)
  return (
    <Field label="Held out" hint="A stored split takes the place of the experiment’s protocols and shares">
      <Select className="w-full" value={String(at)} onChange={(event) => onChange(splits[Number(event.target.value)] ?? null)}>
        <option value="-1">as the experiment says</option>
        {splits.map(({ name, version }, i) => <option key={`${name} ${version}`} value={String(i)}>split {name}, version {version}</option>)}
      </Select>
    </Field>
  )
}

function useLaunch(spec: ExperimentSpec, choices: LaunchChoices): { busy: boolean; launch: () => Promise<void> } {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const launch = async (): Promise<void> => {
    setBusy(true)
    try {
      const { id, runIds } = await callApi<{ id: string; runIds: string[] }>(`/api/experiments/${spec.name}/launch`, { method: 'POST', body: toBody(spec, choices) })
      showToast(`${plural(runIds.length, 'run')} wait for a worker.`)
      router.push(`/experiments/${spec.name}?launch=${id}`)
      router.refresh()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, launch }
}
