import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { guardPage } from '../../guard'
import { isAuditweaveError } from '@/lib/audit/errors'
import type { CaseReports } from '@/lib/alerts/cases'
import type { Reconstruction } from '@/lib/store/reconstructions'
import { Begin } from '@/components/use-cases/begin'
import { CaseNav } from '@/components/use-cases/case-nav'
import { CASES, type CaseName } from '@/components/use-cases/cases'
import { EvasionCase } from '@/components/use-cases/evasion-case'
import { FalseAlarmsCase } from '@/components/use-cases/false-alarms-case'
import type { ShownLog } from '@/components/use-cases/links'
import { MalfunctionCase } from '@/components/use-cases/malfunction-case'
import { TokenCase } from '@/components/use-cases/token-case'
import { Notice } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'
import { readReports } from '../case-log'
import { choices, chosenLog, type Search } from '../chosen'

interface Props { params: Promise<{ name: string }>; searchParams: Promise<Search> }

const caseOf = (name: string): (typeof CASES)[number] | undefined => CASES.find((one) => one.name === name)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: caseOf((await params).name)?.title ?? 'Use case' }
}

const BODIES: Readonly<Record<CaseName, (props: { reports: CaseReports; shown: ShownLog }) => React.ReactNode>> = {
  'malfunctioning-component': MalfunctionCase, 'false-alarms': FalseAlarmsCase, 'detection-evasion': EvasionCase, 'stolen-token': TokenCase,
}

export default async function UseCasePage({ params, searchParams }: Props) {
  await guardPage()
  const about = caseOf((await params).name)
  if (!about) notFound()
  const chosen = await chosenLog(await searchParams)
  return (
    <Page title={about.title} crumb={{ href: '/use-cases', label: 'Use cases' }} summary={about.problem}>
      {chosen.reconstruction === null ? <Begin stage={chosen.stage} /> : <Worked name={about.name} reconstruction={chosen.reconstruction} />}
    </Page>
  )
}

async function Worked({ name, reconstruction }: { name: CaseName; reconstruction: Reconstruction }) {
  const shown = { reconstruction: reconstruction.id, dataset: reconstruction.datasetId, datasetName: reconstruction.datasetName }
  const Body = BODIES[name]
  const reports = await readReports(reconstruction).catch((error: unknown) => {
    if (isAuditweaveError(error) && error.code === 'log-too-large') return error.message
    throw error
  })
  return (
    <>
      <CaseNav shown={shown} choices={await choices()} />
      {typeof reports === 'string' ? <Notice tone="warn">{reports}</Notice> : <Body reports={reports} shown={shown} />}
    </>
  )
}
