import type { Report } from '@/lib/experiments/report/report-types'
import { Section } from '@/components/ui/page'
import { FindingsTable } from './findings'
import { ReportItems } from './report-items'
import { SourceLine, type RunFacts } from './source-line'

/** An experiment's report: where its figures come from, what holds, tables and figures, and what differs and why. */
export function ReportView({ report, facts, trials }: { report: Report; facts: RunFacts; trials: readonly string[] }) {
  return (
    <>
      <SourceLine report={report} facts={facts} />
      {report.findings.length > 0 ? <Section title="Findings"><FindingsTable findings={report.findings} /></Section> : null}
      <ReportItems report={report} trials={trials} className="mb-8" />
      {report.notes.length > 0 ? (
        <Section title="What differs, and why">
          <ul className="max-w-[90ch] list-disc space-y-1.5 pl-5">{report.notes.map((note) => <li key={note}>{note}</li>)}</ul>
        </Section>
      ) : null}
    </>
  )
}

