import type { Metadata } from 'next'
import Link from 'next/link'
import { Suspense } from 'react'
import { guardPage, orNotFound } from '../../guard'
import { idSchema } from '../../api/contracts'
import { listEpochs } from '@/lib/store/epochs'
import { findDataset } from '@/lib/store/datasets'
import { getRun, listRuns, type Run } from '@/lib/store/runs'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { earlyText } from '@/components/experiments/progress/launch-run'
import { ClassTable } from '@/components/runs/class-table'
import { EngineNotice } from '@/components/runs/engine-notice'
import { ConfusionPanel } from '@/components/runs/confusion-panel'
import { LiveRun } from '@/components/runs/live-run'
import { heldOutText } from '@/components/runs/measures'
import { RunFigures } from '@/components/runs/run-figures'
import { RunPoints } from '@/components/runs/run-points'
import { runLine } from '@/components/runs/run-line'
import { RunSettings } from '@/components/runs/run-settings'
import { RunTimingsPanel } from '@/components/runs/run-timings'
import { siblingsOf } from '@/components/runs/siblings'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Run' }

export default async function RunRoute({ params }: { params: Promise<{ id: string }> }) {
  await guardPage()
  const { id } = await params
  const run = await orNotFound(idSchema.safeParse(id).success ? getRun(id) : Promise.resolve(null))
  const [epochs, family] = await Promise.all([listEpochs(run.id), run.experimentId ? listRuns({ experimentId: run.experimentId }) : null])
  const siblings = siblingsOf(run, family?.rows ?? [])
  const lines = await linesOf(run)
  return (
    <Page
      title={`#${run.number} ${run.name}`}
      crumb={{ href: '/runs', label: 'Runs' }}
      summary={<>{run.kind === 'measure' ? 'a measurement: it holds nothing out' : <LogText text={heldOutText(run.protocol, run.params.storedSplit)} />} · {run.preset} on <Link href={`/datasets/${run.datasetId}`} className="link"><LogText text={run.datasetName} /></Link>{run.datasetVersion === null ? null : `, version ${run.datasetVersion}`}{run.experimentName ? <> · part of <Link href={`/experiments/${run.experimentName}?launch=${run.experimentId}`} className="link">{run.experimentName}</Link></> : null} · created <Ago at={run.createdAt} /></>}
      actions={<>{siblings.length > 0 ? <ButtonLink prefetch={false} href={`/compare?runs=${[run, ...siblings].map((one) => one.id).join(',')}`}>Compare with its sibling</ButtonLink> : null}<ButtonLink prefetch={false} href={`/lineage/run/${run.id}`}>Lineage</ButtonLink></>}
    >
      <Suspense><LiveRun run={runLine(run)} epochs={epochs} hasCheckpoint={run.hasCheckpoint} hasModel={run.models.length > 0} best={run.metrics?.bestEpoch ?? null} /></Suspense>
      {run.endedEarly ? <Notice tone="warn" className="mb-6">It ended early. {earlyText(run.endedEarly)}</Notice> : null}
      <EngineNotice params={run.params} environment={run.environment} />
      {run.metrics ? <RunFigures run={run} siblings={siblings} /> : null}
      <RunPoints points={run.points} />
      {run.timings ? <RunTimingsPanel timings={run.timings} lines={lines} environment={run.environment} /> : null}
      {run.perClass && run.perClass.length > 0 ? <Section title="By label"><ClassTable classes={run.perClass} /></Section> : null}
      {run.confusion && run.confusion.length > 0 ? <Section title="What is taken for what"><ConfusionPanel cells={run.confusion} /></Section> : null}
      <RunSettings params={run.params} environment={run.environment} />
    </Page>
  )
}

/** Lines that a run worked through: as many as it names, where its data set has them. */
async function linesOf(run: Run): Promise<number | null> {
  const measure = run.params.measure
  const named = run.params.lines ?? (typeof measure === 'object' && measure !== null && !Array.isArray(measure) ? measure.lines : null)
  const dataset = await findDataset(run.datasetId)
  const all = dataset ? dataset.events - dataset.nonResource : null
  return typeof named === 'number' ? Math.min(named, all ?? named) : all
}
