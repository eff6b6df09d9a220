import Link from 'next/link'
import { guardPage } from './guard'
import { workersSeen } from '@/lib/jobs/queue'
import { listDatasets } from '@/lib/store/datasets'
import { listExperiments } from '@/lib/store/experiments'
import { listReconstructions } from '@/lib/store/reconstructions'
import { listRuns } from '@/lib/store/runs'
import { PathStep } from '@/components/home/path-step'
import { pathSteps } from '@/components/home/path'
import { RecentRuns } from '@/components/home/recent-runs'
import { RunningNow } from '@/components/home/running-now'
import { runLine } from '@/components/runs/run-line'
import { Page, Section } from '@/components/ui/page'

const RECENT = 50

export default async function HomePage() {
  await guardPage()
  const [datasets, reconstructions, launches, page, workers] = await Promise.all([listDatasets(), listReconstructions(), listExperiments({}), listRuns({ sort: 'number', descending: true, limit: RECENT }), workersSeen()])
  const runs = page.rows.map(runLine)
  const found = reconstructions.filter(({ state }) => state === 'done')
  const steps = pathSteps({ found, datasets, launches, runs })
  const next = steps.findIndex((step) => !step.done)
  return (
    <Page title="From an audit log to who did what" summary="Auditweave finds, for every line of a Kubernetes audit log, the user’s action that caused it.">
      <ol className="mb-8 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">{steps.map((step, index) => <PathStep key={step.title} step={step} number={index + 1} next={index === next} />)}</ol>
      <div className="grid gap-x-6 xl:grid-cols-[1fr_1fr]">
        <Section title="Running now"><RunningNow workers={workers.length} /></Section>
        <Section title="Recent runs" aside={<Link href="/runs" className="link text-12">all runs</Link>}><RecentRuns runs={runs.slice(0, 8)} /></Section>
      </div>
    </Page>
  )
}
