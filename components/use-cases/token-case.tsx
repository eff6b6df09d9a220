import Link from 'next/link'
import type { AccountUse, CaseReports } from '@/lib/alerts/cases'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { LogFacts } from './case-problem'
import { contextHref, queryHref, type ShownLog } from './links'
import { Clock, Code, Deed, Extent, WatchNames } from './mention'
import { NextSteps } from './next-steps'
import { QueryBlock } from './query-block'
import { Table } from './table'

/** A service account in other hands. */
export function TokenCase({ reports: { log, token }, shown }: { reports: CaseReports; shown: ShownLog }) {
  const [first] = token.accounts
  return (
    <>
      <LogFacts log={log} items={[
        { label: 'Service accounts at work', value: formatCount(token.known), note: 'outside kube-system' },
        { label: 'Requests of the first', value: formatCount(first?.requests ?? 0), note: first ? `${plural(first.refused, 'refusal')}` : undefined },
        { label: 'Clients that used it', value: formatCount(first?.clients.length ?? 0) },
        { label: 'What followed', value: plural(first?.followed ?? 0, 'event'), note: 'done by the cluster for it' },
      ]} />
      {first === undefined ? <Notice tone="good" className="mb-8">No service account outside kube-system sent a request in this log.</Notice> : <Account use={first} shown={shown} />}
      {token.accounts.length > 1 ? <Others accounts={token.accounts.slice(1)} shown={shown} /> : null}
      <NextSteps steps={[
        'Make the token worthless: delete the service account, or the Secret or pod that it is bound to; a token that was asked for lives until it expires, whatever else is done.',
        'Delete what it made, and what that made: open the contexts above, each lists all that followed.',
        'Find out where it was taken: who had it made, or which pod mounts it. A pod that needs no API sets automountServiceAccountToken: false.',
        <>Watch for it: <Link href={queryHref(shown, 'username startsWith "system:serviceaccount:" and userAgent matches~ "^(curl|wget|python)"')} prefetch={false} className="link">service accounts with a scripting client</Link>, and those used from outside the addresses of your pods.</>,
      ]} />
    </>
  )
}

function Account({ use, shown }: { use: AccountUse; shown: ShownLog }) {
  const made = use.tokens.at(-1)
  return (
    <>
      <Section title={<LogText text={use.account} />}>
        <p className="max-w-[86ch]">
          {made ? <><LogText text={made.user ?? 'Someone'} /> had a token made for it at <Clock micros={made.micros} />{made.micros !== null && use.firstMicros !== null && use.firstMicros > made.micros ? <>, {formatDuration((use.firstMicros - made.micros) / 1e6)} before its first request</> : null} (<Link href={contextHref(shown, made.context)} prefetch={false} className="link">the request</Link>). </> : 'Nobody asked for a token for it in this log. '}
          It sent {plural(use.requests, 'request')}, of which {formatCount(use.refused)} were refused.
        </p>
        {use.signs.length > 0 ? <><p className="mt-3 font-medium">What speaks for a token in other hands</p><ul className="mt-1 list-disc space-y-0.5 pl-5">{use.signs.map((sign) => <li key={sign}>{sign}</li>)}</ul></> : null}
      </Section>
      <Section title="Line by line: who used it">
        <Table label="Clients of the service account" heads={[{ name: 'since' }, { name: 'client' }, { name: 'address' }, { name: 'requests', right: true }, { name: 'kind' }]} rows={use.clients.map(({ agent, source, scripting, requests, firstMicros }, at) => ({
          key: String(at), cells: [<Clock key="t" micros={firstMicros} />, <LogText key="a" text={agent} limit={80} />, <LogText key="s" text={source} />, formatCount(requests), scripting ? 'a scripting client' : <span key="k" className="text-dim">names itself</span>],
        }))} />
      </Section>
      <Section title="By context: what it did, and what came of it">
        <Table label="What the service account did" heads={[{ name: 'at' }, { name: 'did' }, { name: 'answer' }, { name: 'what came of it' }, { name: 'found by' }]} rows={use.actions.map(({ mention, watches }) => ({
          key: mention.context, cells: [<Clock key="t" micros={mention.micros} />, <Deed key="d" log={shown} mention={mention} />, <Code key="c" code={mention.code} />, <Extent key="e" mention={mention} />, <WatchNames key="w" watches={watches} />],
        }))} />
        {use.borrowed.length > 0 ? <p className="mt-3">Its name was also borrowed by impersonation: {use.borrowed.map((mention) => <span key={mention.context} className="mr-2"><LogText text={mention.user} />{' '}<Deed log={shown} mention={mention} /></span>)}</p> : null}
      </Section>
      <Section title="The query"><QueryBlock log={shown} query={use.query}>Its contexts: each request of it, with all that the cluster did because of it.</QueryBlock></Section>
    </>
  )
}

function Others({ accounts, shown }: { accounts: readonly AccountUse[]; shown: ShownLog }) {
  return (
    <Section title="Other service accounts">
      <Table tall label="Other service accounts" heads={[{ name: 'service account' }, { name: 'requests', right: true }, { name: 'refused', right: true }, { name: 'clients', right: true }, { name: 'what speaks for it' }]} rows={accounts.map((use) => ({
        key: use.account, cells: [<Link key="q" href={queryHref(shown, use.query)} prefetch={false} className="link"><LogText text={use.account} limit={120} /></Link>, formatCount(use.requests), formatCount(use.refused), formatCount(use.clients.length), use.signs.join('; ') || <span key="n" className="text-dim">nothing</span>],
      }))} />
    </Section>
  )
}
