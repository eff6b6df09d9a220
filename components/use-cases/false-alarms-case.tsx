import Link from 'next/link'
import type { CaseReports } from '@/lib/alerts/cases'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { LogFacts } from './case-problem'
import { FoldPanel } from './fold-panel'
import type { ShownLog } from './links'
import { Clock, Deed } from './mention'
import { NextSteps } from './next-steps'
import { QueryBlock } from './query-block'
import { Table } from './table'
import { WatchTable } from './watch-table'

/** The same rules, asked of single requests and of contexts. */
export function FalseAlarmsCase({ reports: { log, falseAlarms }, shown }: { reports: CaseReports; shown: ShownLog }) {
  const spoke = falseAlarms.watches.filter((watch) => (watch.requests ?? 0) > 0 || watch.contexts > 0)
  const widest = falseAlarms.watches.toSorted((a, b) => (b.requests ?? 0) - b.contexts - ((a.requests ?? 0) - a.contexts))[0]
  return (
    <>
      <LogFacts log={log} items={[
        { label: 'Alerts line by line', value: formatCount(falseAlarms.requestAlerts), note: `${plural(spoke.length, 'rule')} of ${falseAlarms.watches.length} spoke` },
        { label: 'Of the control plane itself', value: formatCount(falseAlarms.outside), note: 'caused by nobody’s action' },
        { label: 'The others fold into', value: plural(falseAlarms.foldedContexts, 'context'), note: falseAlarms.foldedCommands < falseAlarms.foldedContexts ? `of ${plural(falseAlarms.foldedCommands, 'command')}` : undefined },
        { label: 'Asked of contexts', value: `${formatCount(falseAlarms.contextAlerts)} alerts`, note: `on ${plural(falseAlarms.alertedContexts, 'context')}` },
      ]} />
      <Notice className="mb-6">No Falco ran on this log. “Line by line” is our own starter set of watches, each asked of every request by itself as a tool without contexts would; what a real Falco said of a log is folded below.</Notice>
      <Section title="Line by line, and by context">
        {widest && (widest.requests ?? 0) > widest.contexts ? <p className="mb-3 max-w-[86ch]">“{widest.name}” matches {plural(widest.requests ?? 0, 'request')} by themselves. {plural(widest.contexts, 'context')} {widest.contexts === 1 ? 'was' : 'were'} begun by such a request; the others are what components did by themselves or for somebody. A client that repeats itself still alerts for each of its contexts; the page of malfunctions makes one finding of those.</p> : null}
        <WatchTable label="Rules before and after" watches={spoke} shown={shown} />
      </Section>
      <Section title="What was loudest, and what it was">
        <Table label="Actions by their alerts" heads={[{ name: 'at' }, { name: 'who' }, { name: 'began with' }, { name: 'contexts', right: true }, { name: 'alerts line by line', right: true }, { name: 'rules', right: true, hint: 'How many rules spoke line by line; which, on hover' }, { name: 'watches that alert' }]} rows={falseAlarms.loudest.map(({ mention, contexts, alerts, rules, raised }) => ({
          key: mention.context,
          cells: [<Clock key="t" micros={mention.micros} />, <span key="u" className="block min-w-24 [overflow-wrap:anywhere]"><LogText text={mention.user} limit={60} /></span>, <Deed key="d" log={shown} mention={mention} />, formatCount(contexts), formatCount(alerts), <span key="r" title={rules.join(', ')}>{formatCount(rules.length)}</span>, <span key="w" className="text-12">{raised.length > 0 ? raised.join(', ') : <span className="text-dim">none</span>}</span>],
        }))} />
      </Section>
      <Section title="Fold the alerts of a tool that you run">
        <FoldPanel shown={shown} />
      </Section>
      {widest ? <Section title="The query"><QueryBlock log={shown} query={widest.query}>Asked of contexts, it looks at what users did; what followed is told with the context and raises nothing of its own.</QueryBlock></Section> : null}
      <NextSteps steps={[
        'Take one context at a time, the loudest first: open it, read who began it, and decide once for everything in it.',
        <>Turn the watches that you want on in <Link href="/live" className="link">Live</Link>: each alerts once for a context, however many of its requests match.</>,
        'What the control plane does of itself needs no rule. If alerts of a tool meet no context, give them to nobody.',
      ]} />
    </>
  )
}
