import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { guardPage } from '../guard'
import { pageTime, readKeptReport } from './read-report'
import { listExperiments as listSpecs } from '@/lib/experiments/catalogue'
import { SCALES, type ExperimentSpec, type Scale } from '@/lib/experiments/spec/experiment-spec'
import { listDatasets } from '@/lib/store/datasets'
import { listExperiments, type Experiment } from '@/lib/store/experiments'
import { BatchProgress } from '@/components/experiments/room/batch-progress'
import { CardSaid } from '@/components/experiments/room/card-said'
import { ExperimentCard } from '@/components/experiments/room/experiment-card'
import { RoomKeys } from '@/components/experiments/room/room-keys'
import { RunAllForm } from '@/components/experiments/room/run-all-form'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Experiments' }

export default async function ExperimentsPage() {
  await guardPage()
  const [launches, datasets, jar] = await Promise.all([listExperiments({}), listDatasets(), cookies()])
  const specs = listSpecs()
  const usable = datasets.filter((dataset) => dataset.state === 'ready' && dataset.hasLabels).map(({ id, name, events }) => ({ id, name, events }))
  const current = jar.get(DATASET_COOKIE)?.value
  const dataset = usable.find(({ id }) => id === current)?.id ?? usable.find(({ name }) => specs.some((spec) => spec.dataset === name))?.id ?? null
  const batch = launches.find((launch) => launch.batch !== null)?.batch ?? null
  return (
    <Page title="Experiments" summary="What can be repeated from the paper, what it said last time, and the paper’s figures beside it.">
      <RoomKeys />
      <Section title="Run all"><RunAllForm datasets={usable} dataset={dataset} minutes={minutesOf(specs)} experiments={specs.length} /></Section>
      {batch === null ? null : <Batch batch={batch} launches={launches.filter((launch) => launch.batch === batch)} specs={specs} />}
      <Group title="The paper’s" specs={specs.filter((spec) => spec.reproduces !== null)} launches={launches} />
      <Group title="Ours" specs={specs.filter((spec) => spec.reproduces === null)} launches={launches} />
    </Page>
  )
}

function minutesOf(specs: readonly ExperimentSpec[]): Record<Scale, number> {
  return Object.fromEntries(SCALES.map((scale) => [scale, specs.reduce((sum, spec) => sum + spec.scales[scale].expectedMinutes, 0)])) as Record<Scale, number>
}

function Batch({ batch, launches, specs }: { batch: string; launches: readonly Experiment[]; specs: readonly ExperimentSpec[] }) {
  const shown = launches.map((launch) => {
    const scale = SCALES.find((name) => name === launch.scale)
    const minutes = scale ? specs.find((spec) => spec.name === launch.name)?.scales[scale].expectedMinutes : undefined
    return { launch, title: launch.title, expectedSeconds: (minutes ?? 1) * 60 }
  })
  return <Section title="Launched together"><BatchProgress key={batch} batch={batch} launches={shown} now={pageTime()} /></Section>
}

function Group({ title, specs, launches }: { title: string; specs: readonly ExperimentSpec[]; launches: readonly Experiment[] }) {
  if (specs.length === 0) return null
  return (
    <Section title={title}>
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {specs.map((spec) => {
          const own = launches.filter((launch) => launch.name === spec.name)
          const last = own[0] ?? null
          return <ExperimentCard key={spec.name} spec={spec} last={last} launches={own.length} said={last ? <CardSaid report={readKeptReport(spec, last)} /> : null} />
        })}
      </ul>
    </Section>
  )
}
