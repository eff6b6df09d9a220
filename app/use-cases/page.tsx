import type { Metadata } from 'next'
import { guardPage } from '../guard'
import { isAuditweaveError } from '@/lib/audit/errors'
import type { CaseReports } from '@/lib/alerts/cases'
import { Begin } from '@/components/use-cases/begin'
import { CaseCards } from '@/components/use-cases/case-cards'
import { Notice } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'
import { readReports } from './case-log'
import { chosenLog, type Search } from './chosen'

export const metadata: Metadata = { title: 'Use cases' }

export default async function UseCasesPage({ searchParams }: { searchParams: Promise<Search> }) {
  await guardPage()
  const chosen = await chosenLog(await searchParams)
  const { reconstruction } = chosen
  const reports = reconstruction === null ? null : await reportsOrWhy(reconstruction)
  return (
    <Page title="Use cases" summary="Four situations in which single lines of an audit log mislead and contexts answer, three of them the paper’s own; each worked on a log, with figures counted in it.">
      {typeof reports === 'string' ? <Notice tone="warn" className="mb-6">{reports}</Notice> : null}
      <CaseCards reports={typeof reports === 'string' ? null : reports} shown={reconstruction === null ? null : { reconstruction: reconstruction.id, dataset: reconstruction.datasetId, datasetName: reconstruction.datasetName }} />
      {chosen.reconstruction === null ? <Begin stage={chosen.stage} /> : null}
    </Page>
  )
}

async function reportsOrWhy(reconstruction: Parameters<typeof readReports>[0]): Promise<CaseReports | string> {
  try {
    return await readReports(reconstruction)
  } catch (error) {
    if (isAuditweaveError(error) && error.code === 'log-too-large') return error.message
    throw error
  }
}
