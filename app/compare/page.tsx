import type { Metadata } from 'next'
import { Suspense } from 'react'
import { guardPage } from '../guard'
import { idSchema } from '../api/contracts'
import { listEpochs } from '@/lib/store/epochs'
import { listExperiments } from '@/lib/store/experiments'
import { answeredLines } from '@/lib/store/run-answers'
import { getRuns } from '@/lib/store/runs'
import { CompareView } from '@/components/compare/compare-view'
import { ComparePicker } from '@/components/compare/compare-picker'
import { plural } from '@/components/format/number'
import { readList } from '@/components/url/list-codec'
import { ButtonLink } from '@/components/ui/button'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Compare' }

export default async function ComparePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  await guardPage()
  const { runs: asked } = await searchParams
  const ids = readList(typeof asked === 'string' ? asked : null).filter((id) => idSchema.safeParse(id).success)
  const runs = ids.length > 0 ? await getRuns(ids) : []
  if (runs.length === 0) return <Page title="Compare" summary="Runs side by side: what differs, and whether it matters."><ComparePicker launches={await listExperiments({})} missing={ids.length} /></Page>
  const answered = Object.fromEntries(await answeredLines(ids))
  const epochs = Object.fromEntries(await Promise.all(runs.map(async (run) => [run.id, await listEpochs(run.id)] as const)))
  return (
    <Page title={`Compare ${plural(runs.length, 'run')}`} summary="What differs, and whether it matters." actions={<><ButtonLink href={`/compare/lines?runs=${runs.map((run) => run.id).join(',')}`}>Line by line</ButtonLink><ButtonLink href={`/runs?sel=${runs.map((run) => run.id).join(',')}`}>Choose other runs</ButtonLink></>}>
      <Suspense><CompareView runs={runs} epochs={epochs} answered={answered} /></Suspense>
    </Page>
  )
}
