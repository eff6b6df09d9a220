import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { guardPage, orNotFound } from '../../guard'
import { pageTime, readReport } from '../read-report'
import type { JsonObject } from '@/lib/audit/event'
import { getExperiment } from '@/lib/experiments/catalogue'
import { expectedRuns } from '@/lib/experiments/growth/growth'
import { planLaunch } from '@/lib/experiments/launch'
import { SCALES, type ExperimentSpec, type Scale } from '@/lib/experiments/spec/experiment-spec'
import { namesOfSplits } from '@/lib/store/dataset-versions/splits'
import { listDatasets } from '@/lib/store/datasets'
import { listExperiments, type Experiment } from '@/lib/store/experiments'
import { getRun, listRuns } from '@/lib/store/runs'
import type { RunRow } from '@/lib/store/run-types'
import type { DatasetChoice } from '@/components/experiments/launch/launch-choices'
import { LaunchForm } from '@/components/experiments/launch/launch-form'
import { LaunchTabs } from '@/components/experiments/launch-tabs'
import { LaunchProgress } from '@/components/experiments/progress/launch-progress'
import type { LaunchRun } from '@/components/experiments/progress/launch-run'
import { costItems } from '@/components/experiments/report/cost-items'
import { CostView } from '@/components/experiments/report/cost-view'
import { ReportView } from '@/components/experiments/report/report-view'
import { runFacts } from '@/components/experiments/report/source-line'
import { runLine } from '@/components/runs/run-line'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'
import { ButtonLink } from '@/components/ui/button'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Experiment' }

type Props = { params: Promise<{ name: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ExperimentRoute({ params, searchParams }: Props) {
  await guardPage()
  const [{ name }, query] = await Promise.all([params, searchParams])
  const spec = await orNotFound(Promise.resolve().then(() => getExperiment(name)))
  const launches = await listExperiments({ name })
  const launch = launches.find((one) => one.id === query.launch) ?? launches[0] ?? null
  const form = <LaunchForm key={launch?.id ?? ''} spec={spec} scale={SCALES.find((scale) => scale === (query.scale ?? launch?.scale)) ?? 'quick'} {...(await datasetChoices(spec, query.dataset))} />
  return (
    <Page
      title={spec.title}
      crumb={{ href: '/experiments', label: 'Experiments' }}
      summary={<>{spec.question} {spec.reproduces ? `Repeats ${spec.reproduces} of the paper.` : 'Ours; the paper has nothing like it.'}</>}
      actions={launch ? <><ButtonLink prefetch={false} href={`/lineage/experiment/${launch.id}`}>Lineage</ButtonLink><ButtonLink href="#launch" title="l">Launch again</ButtonLink></> : null}
    >
      {launch ? <LaunchTabs name={name} launches={launches} current={launch.id} /> : <div id="launch" className="mb-8 scroll-mt-16">{form}</div>}
      {launch ? <Progress spec={spec} launch={launch} /> : null}
      <LaunchReport spec={spec} launch={launch} />
      {launch ? <Section title="Launch again"><div id="launch" className="scroll-mt-16">{form}</div></Section> : null}
    </Page>
  )
}

/** Data sets that a launch may take, and the one that it begins with: of the address, of the top bar, or the experiment's own. */
async function datasetChoices(spec: ExperimentSpec, asked: unknown): Promise<{ datasets: DatasetChoice[]; dataset: string | null }> {
  const [datasets, splits, jar] = await Promise.all([listDatasets(), namesOfSplits(), cookies()])
  const usable = datasets.filter((dataset) => dataset.state === 'ready' && dataset.hasLabels).map(({ id, name, events }) => ({ id, name, events, splits: splits.get(id) ?? [] }))
  const wanted = [asked, jar.get(DATASET_COOKIE)?.value].find((id) => usable.some((dataset) => dataset.id === id))
  return { datasets: usable, dataset: typeof wanted === 'string' ? wanted : (usable.find((dataset) => dataset.name === spec.dataset)?.id ?? null) }
}

async function Progress({ spec, launch }: { spec: ExperimentSpec; launch: Experiment }) {
  const { rows } = await listRuns({ experimentId: launch.id, sort: 'number' })
  const [expected, all] = [expectedOf(launch, rows), runsOfScale(spec, launch.scale)]
  const minutes = SCALES.some((scale) => scale === launch.scale) ? spec.scales[launch.scale as Scale].expectedMinutes : 1
  return <Section title="Progress"><LaunchProgress key={launch.id} launch={launch} runs={rows.map(launchRun)} expectedRuns={expected} expectedRunSeconds={(minutes * 60) / Math.max(1, all)} now={pageTime()} /></Section>
}

function launchRun(run: RunRow): LaunchRun {
  return { line: runLine(run), kind: run.kind, axes: run.axes, endedEarly: run.endedEarly }
}

/** Runs that a launch will have when it has grown; what it has where it does not grow. */
function expectedOf(launch: Experiment, runs: readonly RunRow[]): number {
  const growth = (launch.spec as unknown as ExperimentSpec).scales[launch.scale as Scale]?.growth
  const begun = runs.filter((run) => (run.axes.rung ?? run.axes.round) === 0).length
  return growth && launch.state !== 'done' ? Math.max(runs.length, expectedRuns(growth, begun)) : runs.length
}

function runsOfScale(spec: ExperimentSpec, scale: string): number {
  const known = SCALES.find((name) => name === scale)
  if (!known) return 1
  const runs = planLaunch(spec, { scale: known, ...(spec.protocols.includes('transfer') ? { axes: { scoredOn: ['other'] } } : {}) }).runs.length
  const { growth } = spec.scales[known]
  return growth ? expectedRuns(growth, runs) : runs
}

/** Report and cost of a launch; the published figures alone while there is none. */
async function LaunchReport({ spec, launch }: { spec: ExperimentSpec; launch: Experiment | null }) {
  const { report, records } = await readReport(spec, launch)
  const sample = records[0] ? await getRun(records[0].id) : null
  const named = linesOf(sample?.params.lines) ?? linesOf((sample?.params.measure as JsonObject | undefined)?.lines)
  const all = launch ? await linesOfDataset(launch.datasetId) : null
  const trials = spec.views.filter((view) => view.kind === 'trials').map(({ id }) => `${id}-table`)
  const cost = costItems(records, (run) => least(linesOf(run.axes.lines) ?? named, all))
  return (
    <>
      <h2 className="mb-1 text-16">Report</h2>
      <ReportView report={report} facts={runFacts(records, sample?.environment?.version ?? null)} trials={trials} />
      <CostView report={report} items={cost} runs={records} />
    </>
  )
}

function linesOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** A run takes as many lines as it names, where its data set has them. */
function least(named: number | null, all: number | null): number | null {
  return named === null ? all : Math.min(named, all ?? named)
}

async function linesOfDataset(id: string): Promise<number | null> {
  const dataset = (await listDatasets()).find((one) => one.id === id)
  return dataset ? dataset.events - dataset.nonResource : null
}
