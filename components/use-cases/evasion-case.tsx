import type { CaseReports, EvasionReport } from '@/lib/alerts/cases'
import { quoteText } from '@/lib/alerts/cases/quote'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { visibleText } from '@/components/format/visible'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { LogFacts } from './case-problem'
import type { ShownLog } from './links'
import { Client, Clock, Code, Deed, Extent, WatchNames } from './mention'
import { NextSteps } from './next-steps'
import { QueryBlock } from './query-block'
import { Table } from './table'
import { WatchTable } from './watch-table'

const FALCO = { head: { name: 'Falco', hint: 'Whether Falco’s default rules for audit logs have one for it, apart from the one that speaks of any user outside a list' }, cell: ({ falco }: EvasionReport['watches'][number]) => (falco ? 'a rule' : <span className="text-dim">no rule</span>) }

/** Who took which of the ways past detection. */
export function EvasionCase({ reports: { log, evasion }, shown }: { reports: CaseReports; shown: ShownLog }) {
  const used = evasion.watches.filter(({ contexts }) => contexts > 0)
  const [first] = evasion.actors
  const unseen = used.filter(({ falco }) => !falco)
  return (
    <>
      <LogFacts log={log} items={[
        { label: 'Ways that were taken', value: `${used.length} of ${evasion.watches.length}`, note: 'watches with an answer' },
        { label: 'Contexts', value: formatCount(evasion.contexts), note: `of ${formatCount(log.contexts)}` },
        { label: 'By', value: plural(evasion.actors.length, 'user') },
        { label: 'Without a default rule in Falco', value: formatCount(unseen.length), note: unseen.length > 0 ? unseen.map(({ name }) => name).slice(0, 2).join(', ') : undefined },
      ]} />
      <Section title="Line by line">
        <p className="mb-3 max-w-[86ch]">Each of these is a valid request that the API server was right to carry out. One rule at a time sees an exec here and a binding there, of anybody, on any day; some it does not see at all: through the node proxy a command runs in a container without an exec.</p>
        <WatchTable label="Ways past detection" watches={evasion.watches} shown={shown} extra={FALCO} />
      </Section>
      <Section title="By who did it">
        {first ? <Actors actors={evasion.actors} shown={shown} /> : <Notice tone="good">No context of this log took one of these ways.</Notice>}
      </Section>
      {first ? (
        <Section title="The query">
          <QueryBlock log={shown} query={first.user === null ? 'not exists(username)' : `username == ${quoteText(first.user)} and verb not in ("get", "list", "watch")`}>Everything that this user changed, ways past detection or not.</QueryBlock>
        </Section>
      ) : null}
      <NextSteps steps={[
        'Take the credential away first: delete the bindings, revoke the certificate or token, and see that no other binding grants the same.',
        'Treat the node as lost on which a privileged pod ran: drain it, keep its disk, and replace it. What was done through the kubelet is in no audit log.',
        'Open each context and go through what followed: pods, tokens and bindings that came of it outlive the user.',
        'Where events were deleted, their deletion is in the audit log with all that they said if the level is RequestResponse: open that context.',
      ]} />
    </>
  )
}

function Actors({ actors, shown }: { actors: EvasionReport['actors']; shown: ShownLog }) {
  return (
    <div className="space-y-5">
      {actors.map(({ user, watches, contexts, requests, findings }) => (
        <div key={user ?? ''}>
          <h3 className="mb-1.5 text-13 font-semibold"><LogText text={user ?? 'nobody known'} /> <span className="font-normal text-dim">{plural(watches.length, 'way')} in {plural(contexts, 'context')}, of {plural(requests, 'request')} in all</span></h3>
          <Table label={`Findings of ${visibleText(user ?? 'nobody known', 120)}`} heads={[{ name: 'at' }, { name: 'did' }, { name: 'answer' }, { name: 'what came of it' }, { name: 'client' }, { name: 'found by' }]} rows={findings.map(({ mention, watches: found }) => ({
            key: mention.context,
            cells: [<Clock key="t" micros={mention.micros} />, <Deed key="d" log={shown} mention={mention} />, <Code key="c" code={mention.code} />, <Extent key="e" mention={mention} />, <Client key="a" agent={mention.agent} />, <WatchNames key="w" watches={found} />],
          }))} />
        </div>
      ))}
    </div>
  )
}
