'use client'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { formatDuration } from '@/components/format/duration'
import { formatCount, plural } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { Empty } from '@/components/ui/notice'
import { showFailure, showToast } from '@/components/ui/toast'
import { estimateMinutes, parseNumbers } from './estimate'

export interface ScaleChoice {
  readonly name: string
  readonly windows: readonly number[]
  readonly seeds: readonly number[]
  readonly protocols: readonly string[]
  /** Runs for each window, seed and protocol: one, or all of a search. */
  readonly runsEach: number
  readonly lines: number | null
  readonly epochs: number | null
  readonly expectedMinutes: number
}

export interface LaunchFormProps {
  readonly experiment: string
  readonly scales: readonly ScaleChoice[]
  readonly protocols: readonly string[]
  readonly datasets: readonly { readonly id: string; readonly name: string; readonly events: number }[]
  readonly dataset: string | null
}

interface Choices { readonly dataset: string; readonly scale: string; readonly windows: string; readonly seeds: string; readonly protocols: readonly string[]; readonly lines: string; readonly epochs: string }

function ofScale(scale: ScaleChoice | undefined): Pick<Choices, 'windows' | 'seeds' | 'protocols' | 'lines' | 'epochs'> {
  const seeds = scale?.seeds ?? []
  return { protocols: scale?.protocols ?? [], windows: scale?.windows.join(', ') ?? '', seeds: seeds.length > 2 ? `${seeds[0]}-${seeds.at(-1)}` : seeds.join(', '), lines: scale?.lines ? String(scale.lines) : '', epochs: scale?.epochs ? String(scale.epochs) : '' }
}

/** What is swept and how long it is likely to take; everything begins as the scale has it. */
export function LaunchForm({ experiment, scales, protocols, datasets, dataset }: LaunchFormProps) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const first = scales.find((scale) => scale.name === 'quick') ?? scales[0]
  const [choices, setChoices] = useState<Choices>({ dataset: dataset ?? datasets[0]?.id ?? '', scale: first?.name ?? '', ...ofScale(first) })
  if (datasets.length === 0) return <Empty title="There is nothing to train on yet" action={<ButtonLink href="/datasets" tone="primary">Import a log with its truth</ButtonLink>}>A sweep needs a data set with a truth. lab-a ships with one.</Empty>
  const scale = scales.find((one) => one.name === choices.scale)
  const [windows, seeds] = [parseNumbers(choices.windows).filter((value) => value >= 2), parseNumbers(choices.seeds)]
  const runs = windows.length * seeds.length * choices.protocols.length * (scale?.runsEach ?? 1)
  const set = (change: Partial<Choices>): void => setChoices((now) => ({ ...now, ...change }))
  const launch = async (): Promise<void> => {
    setBusy(true)
    try {
      const body = { dataset: choices.dataset, scale: choices.scale, windows, seeds, protocols: choices.protocols, lines: choices.lines ? Number(choices.lines) : null, ...(choices.epochs ? { epochs: Number(choices.epochs) } : {}) }
      const { id, runIds } = await callApi<{ id: string; runIds: string[] }>(`/api/experiments/${experiment}/launch`, { method: 'POST', body })
      showToast(`${plural(runIds.length, 'run')} wait for a worker.`)
      router.push(`/experiments/${experiment}?launch=${id}`)
      router.refresh()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form action={() => void launch()} aria-label="Launch" className="space-y-4 rounded-md border border-line p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Dataset"><Select className="w-full" value={choices.dataset} onChange={(event) => set({ dataset: event.target.value })}>{datasets.map((one) => <option key={one.id} value={one.id}>{one.name}, {formatCount(one.events)} events</option>)}</Select></Field>
        <Field label="Scale" hint={scale ? `as measured, all of it: about ${formatDuration(scale.expectedMinutes * 60)}` : undefined}>
          <Select className="w-full" value={choices.scale} onChange={(event) => set({ scale: event.target.value, ...ofScale(scales.find((one) => one.name === event.target.value)) })}>
            {scales.map((one) => <option key={one.name}>{one.name}</option>)}
          </Select>
        </Field>
        <Field label="Windows" hint="Lines the network sees at once: 5, 10, 20-22"><Input required value={choices.windows} onChange={(event) => set({ windows: event.target.value })} /></Field>
        <Field label="Seeds" hint="Each is one repetition: 1-20"><Input required value={choices.seeds} onChange={(event) => set({ seeds: event.target.value })} /></Field>
        <Field label="Lines" hint="From the start of the log; empty is all"><Input inputMode="numeric" pattern="[0-9]*" value={choices.lines} onChange={(event) => set({ lines: event.target.value })} /></Field>
        <Field label="Epochs at most" hint="Empty is the scale’s own"><Input inputMode="numeric" pattern="[0-9]*" value={choices.epochs} onChange={(event) => set({ epochs: event.target.value })} /></Field>
      </div>
      <fieldset>
        <legend className="mb-1 font-medium">Protocols</legend>
        <div className="flex gap-5">
          {protocols.map((name) => (
            <label key={name} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={choices.protocols.includes(name)}
                onChange={(event) => set({ protocols: protocols.filter((other) => (other === name ? event.target.checked : choices.protocols.includes(other))) })}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-center gap-4">
        <Button tone="primary" size="lg" type="submit" disabled={busy || runs === 0}><Play aria-hidden />Launch {plural(runs, 'run')}</Button>
        <p className="text-dim" aria-live="polite">{scale && runs > 0 ? `about ${formatDuration(60 * minutes(scale, { runs, lines: toNumber(choices.lines), epochs: toNumber(choices.epochs) }))} on 2 cores with one worker` : 'Choose at least one window, seed and protocol.'}</p>
      </div>
    </form>
  )
}

function toNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

function minutes(scale: ScaleChoice, chosen: { runs: number; lines: number | null; epochs: number | null }): number {
  return estimateMinutes(scale, { runs: scale.windows.length * scale.seeds.length * scale.protocols.length * scale.runsEach, lines: scale.lines, epochs: scale.epochs }, chosen)
}
