import Link from 'next/link'
import type { CaseReports, Repeat } from '@/lib/alerts/cases'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { LogFacts } from './case-problem'
import { queryHref, type ShownLog } from './links'
import { Client, Clock, Code, Deed } from './mention'
import { NextSteps } from './next-steps'
import { QueryBlock } from './query-block'
import { RefusedPlot } from './refused-plot'
import { Table } from './table'

/** Requests of one client that fail in the same way over and over. */
export function MalfunctionCase({ reports: { log, malfunction }, shown }: { reports: CaseReports; shown: ShownLog }) {
  const [first] = malfunction.repeats
  return (
    <>
      <LogFacts log={log} items={[
        { label: 'Requests that failed', value: formatCount(malfunction.failed), note: 'answered 400 or more' },
        { label: 'Refused', value: formatCount(malfunction.refused), note: '401 or 403' },
        { label: 'Clients that repeat themselves', value: formatCount(malfunction.repeats.length), note: 'five times or more, alike' },
        { label: 'Requests of the loudest', value: formatCount(first?.requests ?? 0), note: first?.medianGapMicros ? `one every ${formatDuration(first.medianGapMicros / 1e6)}` : 'none' },
      ]} />
      <Section title="Line by line">
        <p className="mb-3 max-w-[86ch]">A filter for errors gives {plural(malfunction.failed, 'request')}. Most are no fault at all: clients ask for what is not there yet before they make it.</p>
        <Table label="Failed requests by code" heads={[{ name: 'code' }, { name: 'requests', right: true }, { name: 'mostly' }]} rows={malfunction.codes.map(({ code, requests }) => ({ key: String(code), cells: [<Code key="c" code={code} />, formatCount(requests), <span key="m" className="text-dim">{MEANINGS[code] ?? 'other failures'}</span>] }))} />
      </Section>
      <Section title="By who repeats what">
        {first ? <Story repeat={first} /> : <Notice tone="good">No client of this log was refused the same thing five times.</Notice>}
        {malfunction.over ? <div className="my-4"><RefusedPlot over={malfunction.over} /></div> : null}
        {malfunction.repeats.length > 0 ? <Repeats repeats={malfunction.repeats} shown={shown} /> : null}
      </Section>
      {first ? (
        <Section title="The query, and what it finds">
          <QueryBlock log={shown} query={first.query}>Every one of these requests is a context of its own: someone from outside acted, and nothing followed.</QueryBlock>
          <ul className="mt-3 space-y-0.5">{first.contexts.map((mention) => <li key={mention.context} className="flex flex-wrap items-baseline gap-x-3"><Clock micros={mention.micros} /><Deed log={shown} mention={mention} /><Code code={mention.code} /></li>)}</ul>
        </Section>
      ) : null}
      <NextSteps steps={[
        'Renew the credential of the component and restart it: a client that reads its token from a file once does not see a new one. 401 means that nobody knows it, 403 that it is known and may not.',
        <>Watch for it: <Link href={queryHref(shown, 'resource == "leases" and code in (401, 403)')} prefetch={false} className="link">any lease refused to anyone</Link> is one of the watches that ship.</>,
        'See whether another replica has taken the lease over: if others wrote the object meanwhile, the cluster goes on without this one; if nobody did, nobody does its work.',
      ]} />
    </>
  )
}

const MEANINGS: Readonly<Record<number, string>> = { 400: 'the request makes no sense', 401: 'nobody knows the credential', 403: 'known, and may not', 404: 'not there (yet)', 409: 'there already, or changed meanwhile', 422: 'not a valid object', 429: 'too many requests', 500: 'failed behind the API server' }

function Story({ repeat }: { repeat: Repeat }) {
  const what = [repeat.namespace, repeat.name].filter((part) => part !== null).join('/')
  return (
    <p className="max-w-[86ch]">
      <b className="font-semibold"><LogText text={repeat.user ?? clientName(repeat.agent)} /></b> asked {plural(repeat.requests, 'time')} for <LogText text={repeat.resource} limit={80} /> <LogText text={what} /> and was answered {repeat.code}
      {repeat.medianGapMicros ? <>, every {formatDuration(repeat.medianGapMicros / 1e6)}</> : null}{repeat.firstMicros !== null && repeat.lastMicros !== null ? <> for {formatDuration((repeat.lastMicros - repeat.firstMicros) / 1e6)}</> : null}.
      {' '}{repeat.carriedOut === 0 ? 'Not one request of this client was carried out in the whole log' : `${plural(repeat.carriedOut, 'other request')} of it ${repeat.carriedOut === 1 ? 'was' : 'were'} carried out`}; {repeat.othersWrote === 0 ? 'nobody else wrote the object meanwhile.' : `others wrote the object ${plural(repeat.othersWrote, 'time')}.`}
    </p>
  )
}

/** The program without its version: all that an unknown caller shows of itself. */
function clientName(agent: string | null): string {
  return agent?.split(/[/ ]/)[0] ?? 'Someone'
}

function Repeats({ repeats, shown }: { repeats: readonly Repeat[]; shown: ShownLog }) {
  const heads = [{ name: 'who' }, { name: 'client' }, { name: 'asked' }, { name: 'code' }, { name: 'times', right: true as const }, { name: 'every', right: true as const }, { name: 'carried out', right: true as const, hint: 'Other requests of the same client that were carried out' }, { name: 'find' }]
  return (
    <Table label="Clients that repeat themselves" heads={heads} rows={repeats.map((repeat, at) => ({
      key: String(at),
      cells: [
        <LogText key="u" text={repeat.user ?? 'nobody known'} limit={80} />, <Client key="a" agent={repeat.agent} />,
        <span key="o"><LogText text={`${repeat.verbs.join(', ')} ${repeat.resource}`} limit={120} /> <LogText text={[repeat.namespace, repeat.name].filter((part) => part !== null).join('/')} limit={80} /></span>,
        <Code key="c" code={repeat.code} />, formatCount(repeat.requests), repeat.medianGapMicros === null ? '–' : formatDuration(repeat.medianGapMicros / 1e6), formatCount(repeat.carriedOut),
        <Link key="q" href={queryHref(shown, repeat.query)} prefetch={false} className="link">query</Link>,
      ],
    }))} />
  )
}
