'use client'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { SCALES, type Scale } from '@/lib/experiments/spec/experiment-spec'
import { formatDuration } from '@/components/format/duration'
import { formatCount, plural } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { showFailure, showToast } from '@/components/ui/toast'

interface Props {
  datasets: readonly { readonly id: string; readonly name: string; readonly events: number }[]
  dataset: string | null
  /** Measured minutes of all experiments together, by scale. */
  minutes: Readonly<Record<Scale, number>>
  experiments: number
}

/** Launches every experiment at once: one scale, one data set. */
export function RunAllForm({ datasets, dataset, minutes, experiments }: Props) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [chosen, setChosen] = useState({ dataset: dataset ?? datasets[0]?.id ?? '', scoredOn: '', scale: 'smoke' as Scale, budget: '' })
  const set = (change: Partial<typeof chosen>): void => setChosen((now) => ({ ...now, ...change }))
  const launch = async (): Promise<void> => {
    setBusy(true)
    try {
      const { dataset: id, scoredOn, scale, budget } = chosen
      const body = { dataset: id, scale, ...(scoredOn ? { scoredOn } : {}), ...(Number(budget) > 0 ? { budget: { seconds: Number(budget) * 60 } } : {}) }
      const { launches } = await callApi<{ launches: { runs: number }[] }>('/api/experiments/all', { method: 'POST', body })
      showToast(`${plural(launches.length, 'experiment')} with ${plural(launches.reduce((sum, one) => sum + one.runs, 0), 'run')} wait for a worker.`)
      router.refresh()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form action={() => void launch()} aria-label="Run all" className="grid items-start gap-4 rounded-md border border-line p-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_10rem_auto]">
      <Field label="Dataset"><Select className="w-full" value={chosen.dataset} onChange={(event) => set({ dataset: event.target.value })}>{datasets.map((one) => <option key={one.id} value={one.id}>{one.name}, {formatCount(one.events)} events</option>)}</Select></Field>
      <Field label="Transfer is scored on"><Select className="w-full" value={chosen.scoredOn} onChange={(event) => set({ scoredOn: event.target.value })}><option value="">the experiment’s own</option>{datasets.map((one) => <option key={one.id} value={one.name}>{one.name}</option>)}</Select></Field>
      <Field label="Scale" hint={`about ${formatDuration(minutes[chosen.scale] * 60)} on 2 cores`}><Select className="w-full" value={chosen.scale} onChange={(event) => set({ scale: SCALES.find((name) => name === event.target.value) ?? 'smoke' })}>{SCALES.map((name) => <option key={name}>{name}</option>)}</Select></Field>
      <Field label="Minutes at most" hint="Empty is no limit"><Input inputMode="numeric" pattern="[0-9]*" value={chosen.budget} onChange={(event) => set({ budget: event.target.value })} /></Field>
      <Button tone="primary" type="submit" disabled={busy || datasets.length === 0} className="lg:mt-6"><Play aria-hidden />Run all {experiments}</Button>
    </form>
  )
}
