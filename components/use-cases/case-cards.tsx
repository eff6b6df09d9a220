import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { CaseReports } from '@/lib/alerts/cases'
import { formatCount, plural } from '@/components/format/number'
import { CASES, type CaseName } from './cases'
import { caseHref, type ShownLog } from './links'

/** The four cases, with what the log at hand says of each. */
export function CaseCards({ reports, shown }: { reports: CaseReports | null; shown: ShownLog | null }) {
  return (
    <>
      {shown ? <p className="mb-3 text-dim">Worked on {shown.datasetName}{reports ? `: ${plural(reports.log.lines, 'line')}, ${plural(reports.log.contexts, 'context')}` : ''}. Each case can be turned to another log.</p> : null}
      <ul className="mb-8 grid gap-4 lg:grid-cols-2">
        {CASES.map(({ name, title, problem }) => (
          <li key={name} className="flex flex-col rounded-md border border-line p-4">
            <h2 className="text-14 font-semibold">{title}</h2>
            <p className="mt-1 flex-1 text-dim">{problem}</p>
            {reports ? <p className="mt-3 font-medium">{finding(name, reports)}</p> : null}
            <Link href={shown ? caseHref(name, shown) : `/use-cases/${name}`} className="link mt-2 inline-flex items-center gap-1 font-medium">Work it through<span className="sr-only">: {title}</span><ArrowRight aria-hidden className="size-3.5" /></Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function finding(name: CaseName, { malfunction, falseAlarms, evasion, token }: CaseReports): string {
  switch (name) {
    case 'malfunctioning-component': return `${plural(malfunction.failed, 'failed request')}; ${plural(malfunction.repeats.length, 'client')} that ${malfunction.repeats.length === 1 ? 'repeats itself' : 'repeat themselves'}.`
    case 'false-alarms': return `${plural(falseAlarms.requestAlerts, 'alert')} line by line; ${formatCount(falseAlarms.contextAlerts)} on ${plural(falseAlarms.alertedContexts, 'context')}.`
    case 'detection-evasion': return `${plural(evasion.contexts, 'context')} by ${plural(evasion.actors.length, 'user')}; one took ${plural(evasion.actors[0]?.watches.length ?? 0, 'way')}.`
    case 'stolen-token': return `${plural(token.known, 'service account')} at work; the first has ${plural(token.accounts[0]?.signs.length ?? 0, 'sign')} against it.`
  }
}
