import type { ReactNode } from 'react'
import { levelReport } from '@/lib/audit/level-report'
import { formatSpan } from '@/components/format/instant'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatBytes, formatCount, formatShare, plural } from '@/components/format/number'
import { Figure } from '@/components/charts/figure'
import { VerbsPlot } from '@/components/charts/verbs-plot'
import { Notice } from '@/components/ui/notice'
import { Facts, Pairs, Section } from '@/components/ui/page'
import { Bar } from '@/components/ui/meter'
import { CountsList } from './counts-list'
import type { DatasetSummary, DatasetView } from './dataset-view'
import { resourceText } from '@/components/runs/class-text'
import { Markdown } from '@/components/format/markdown'
import { EventsPreview } from './events-preview'
import { Rejects } from './rejects'

/** Requests that are labelled by now, by a truth, rules or people. */
interface Labelled { readonly labelled: number; readonly total: number }

/** What is known about an imported log; `record` is what people made of it: versions, splits, card. */
export function DatasetPage({ dataset, labelled, record }: { dataset: DatasetView; labelled: Labelled; record?: ReactNode }) {
  const { summary } = dataset
  return (
    <>
      {dataset.truncated ? <Notice tone="warn" className="mb-4">{dataset.truncated}</Notice> : null}
      {dataset.secretsKept ? <Notice tone="warn" className="mb-4">This log was imported with its secrets kept: values of Secrets and tokens stand in the database in clear.</Notice> : null}
      <div className="mb-8"><DatasetFacts dataset={dataset} labelled={labelled} /></div>
      {summary?.overTime ? <div className="mb-8"><OverTime overTime={summary.overTime} /></div> : null}
      {record}
      <Section title="Audit levels"><Levels levels={dataset.levels} /></Section>
      {summary ? <Section title="What is in it"><Values summary={summary} events={dataset.events} /></Section> : null}
      {summary?.truth ? <Section title="Truth"><Truth truth={summary.truth} /></Section> : null}
      {dataset.rejected > 0 ? <Section title="Rejected lines"><Rejects rejects={dataset.rejects} rejected={dataset.rejected} /></Section> : null}
      <Section title="First events"><span id="events" /><EventsPreview dataset={dataset.id} total={dataset.events} /></Section>
      {dataset.card.trim() ? <Section title="Description"><Markdown text={dataset.card} /></Section> : null}
      <Section title="Source">
        <Pairs items={[['File', <LogText key="f" text={dataset.sourceName} />], ['SHA-256', <code key="s" className="font-mono text-12 break-all">{dataset.sha256 ?? '–'}</code>], ['Redacted', plural(dataset.redactions, 'value')]]} />
      </Section>
    </>
  )
}

function DatasetFacts({ dataset, labelled: { labelled, total } }: { dataset: DatasetView; labelled: Labelled }) {
  const { firstMicros: first, lastMicros: last } = dataset
  return (
    <Facts items={[
      { label: 'Events', value: formatCount(dataset.events), note: `${formatCount(dataset.auditIDs)} requests` },
      { label: 'Time span', value: first !== null && last !== null ? formatDuration((last - first) / 1e6) : '–', note: first !== null && last !== null ? formatSpan(first / 1000, last / 1000) : 'no event has a time' },
      { label: 'Users', value: dataset.summary ? formatCount(dataset.summary.distinctUsers) : '–', note: 'people and components' },
      { label: 'Labelled', value: labelled === 0 ? 'nothing yet' : formatShare(labelled / total), note: labelled === 0 ? 'cannot be trained on yet' : plural(labelled, 'request') },
      { label: 'Non-resource', value: formatCount(dataset.nonResource), note: 'health checks and discovery' },
      { label: 'Rejected', value: formatCount(dataset.rejected), note: dataset.rejected > 0 ? 'lines that are no event' : 'every line was read' },
      { label: 'Size', value: formatBytes(dataset.bytes), note: 'as read' },
    ]} />
  )
}

function OverTime({ overTime }: { overTime: NonNullable<DatasetSummary['overTime']> }) {
  const data = { header: ['time', ...overTime.verbs], rows: overTime.counts.map((counts, index) => [new Date((overTime.fromMicros + index * overTime.stepMicros) / 1000).toISOString(), ...counts]) }
  const totals = overTime.verbs.map((verb, v) => `${verb} ${formatCount(overTime.counts.reduce((sum, counts) => sum + (counts[v] ?? 0), 0))}`)
  return <Figure id="verbs-over-time" title="Verbs over time" data={data}><VerbsPlot overTime={overTime} description={`Events over time, stacked by verb: ${totals.join(', ')}.`} /></Figure>
}

function Levels({ levels }: { levels: Readonly<Record<string, number>> }) {
  const report = levelReport(levels)
  return (
    <>
      <p className="mb-2 max-w-[100ch]">{report.summary}</p>
      <ul className="max-w-[110ch]">
        {report.levels.map((level) => (
          <li key={level.level} className="grid grid-cols-[9rem_4rem_4.5rem_1fr] items-baseline gap-3 border-t border-line py-1.5 max-md:grid-cols-[8rem_4rem_1fr]">
            <span className="font-medium">{level.level}</span><Bar share={level.share} className="self-center max-md:hidden" /><span>{formatShare(level.share)}</span><span className="text-dim">{level.cost}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Values({ summary, events }: { summary: DatasetSummary; events: number }) {
  return (
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-2 xl:grid-cols-3">
      <CountsList title="Verbs" counts={summary.verbs} total={events} verbs />
      <CountsList title="Users" counts={summary.users} total={events} distinct={summary.distinctUsers} />
      <CountsList title="Resources" counts={summary.resources.map(({ value, count }) => ({ value: resourceText(value), count }))} total={events} />
      <CountsList title="Namespaces" counts={summary.namespaces} total={events} />
      <CountsList title="Response codes" counts={summary.codes} total={events} />
      <CountsList title="User agents" counts={summary.userAgents} total={events} />
    </div>
  )
}

function Truth({ truth }: { truth: NonNullable<DatasetSummary['truth']> }) {
  return (
    <Facts items={[
      { label: 'Labelled events', value: formatCount(truth.labelled), note: `${formatCount(truth.auditIDs)} audit ids` },
      { label: 'Contexts', value: formatCount(truth.contexts), note: 'a trigger with all that followed' },
      { label: 'Distinct labels', value: formatCount(truth.labels) },
      ...Object.entries(truth.roles).filter(([, count]) => count > 0).map(([role, count]) => ({ label: `Role ${role}`, value: formatCount(count) })),
      { label: 'Without truth', value: formatCount(truth.withoutTruth), note: 'events of the log' },
      { label: 'Not in the log', value: formatCount(truth.notInLog), note: 'records of the truth' },
    ]} />
  )
}
