import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { guardPage, orNotFound } from '../../guard'
import { getExperiment } from '@/lib/experiments/catalogue'
import type { ExperimentSpec } from '@/lib/experiments/experiment-spec'
import { SCALES } from '@/lib/experiments/experiment-spec'
import { buildReport } from '@/lib/experiments/report'
import { runsOfSearch } from '@/lib/experiments/search/search-spec'
import { listDatasets } from '@/lib/store/datasets'
import { listExperiments } from '@/lib/store/experiments'
import { listRuns } from '@/lib/store/runs'
import { LaunchForm, type ScaleChoice } from '@/components/experiments/launch-form'
import { LaunchProgress } from '@/components/experiments/launch-progress'
import { LaunchTabs } from '@/components/experiments/launch-tabs'
import { ReportView } from '@/components/experiments/report-view'
import { toSummaries } from '@/components/experiments/summaries'
import { runLine } from '@/components/runs/run-line'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Experiment' }

type Props = { params: Promise<{ name: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ExperimentRoute({ params, searchParams }: Props) {
  await guardPage()
  const [{ name }, query, jar] = await Promise.all([params, searchParams, cookies()])
  const spec = await orNotFound(Promise.resolve().then(() => getExperiment(name)))
  const [launches, datasets] = await Promise.all([listExperiments({ name }), listDatasets()])
  const launch = launches.find((one) => one.id === query.launch) ?? launches[0]
  const runs = launch ? (await listRuns({ experimentId: launch.id, sort: 'number' })).rows : []
  const usable = datasets.filter((dataset) => dataset.state === 'ready' && dataset.summary?.truth)
  const wanted = [query.dataset, jar.get(DATASET_COOKIE)?.value].find((id) => usable.some((dataset) => dataset.id === id))
  const form = <LaunchForm experiment={name} scales={scalesOf(spec)} protocols={spec.protocols} datasets={usable} dataset={typeof wanted === 'string' ? wanted : (usable.find((dataset) => dataset.name === spec.dataset)?.id ?? null)} />
  return (
    <Page title={spec.title} crumb={{ href: '/experiments', label: 'Experiments' }} summary={<>{spec.question} Repeats {spec.reproduces} of the paper.</>}>
      {launch ? (
        <>
          <LaunchTabs name={name} launches={launches} current={launch.id} />
          <Section title="Progress"><LaunchProgress key={launch.id} launch={launch} runs={runs.map(runLine)} /></Section>
        </>
      ) : null}
      {launch ? null : <div id="launch" className="mb-8 scroll-mt-16">{form}</div>}
      <h2 className="mb-3 text-16">Report</h2>
      <ReportView report={buildReport(spec, toSummaries(runs))} />
      {launch ? <Section title="Launch again"><div id="launch" className="scroll-mt-16">{form}</div></Section> : null}
    </Page>
  )
}

function scalesOf(spec: ExperimentSpec): ScaleChoice[] {
  return SCALES.map((name) => {
    const { base, axes, seeds, expectedMinutes, search } = spec.scales[name]
    const protocols = spec.protocols.filter((protocol) => axes.protocol?.includes(protocol) ?? true)
    return { name, windows: (axes.window ?? []).filter((value) => typeof value === 'number'), seeds, protocols, runsEach: search ? runsOfSearch(search) : 1, lines: base.lines ?? null, epochs: base.epochs ?? null, expectedMinutes }
  })
}
