import Link from 'next/link'
import type { Report } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'

/** What the runs of a report have in common: said below its heading and in nothing else. */
export interface RunFacts { readonly seeds: readonly number[]; readonly engines: readonly string[]; readonly version: string | null }

export function runFacts(runs: readonly RunRecord[], version: string | null): RunFacts {
  return { seeds: [...new Set(runs.map((run) => run.seed))].sort((a, b) => a - b), engines: [...new Set(runs.flatMap((run) => run.engine ?? []))].filter((engine) => engine !== 'none').sort(), version }
}

/** Where the figures come from: launch, data set and version, scale, seeds, engine; and the source of the published ones. */
export function SourceLine({ report, facts }: { report: Report; facts: RunFacts }) {
  const { source } = report
  return (
    <p className="mb-6 max-w-[110ch] text-12 text-dim">
      {source === null ? 'No launch yet: these are the published figures alone. ' : (
        <>
          From <Link className="link" href={`/experiments/${report.experiment}?launch=${source.launch}`}>launch <span className="font-mono">{source.launch}</span></Link> of <Ago at={source.at} />: {plural(report.runs, 'finished run')} at the {source.scale} scale on <LogText text={source.dataset.name} />, version {source.dataset.version}
          {source.dataset.sha256 ? <span title={source.dataset.sha256}> (sha256 <span className="font-mono">{source.dataset.sha256.slice(0, 12)}</span>)</span> : null}
          {facts.seeds.length > 0 ? <>; {facts.seeds.length === 1 ? 'seed' : 'seeds'} {ranges(facts.seeds)}</> : null}
          {facts.engines.length > 0 ? <>; engine {facts.engines.join(', ')}</> : null}
          {facts.version ? <>; Auditweave {facts.version}</> : null}
          {'. '}
        </>
      )}
      {report.published.source ? <>Published figures: {report.published.source}.</> : null}
    </p>
  )
}

/** 1, 2, 3, 7 as "1 to 3, 7". */
export function ranges(sorted: readonly number[]): string {
  const runs: [number, number][] = []
  for (const value of sorted) {
    const last = runs.at(-1)
    if (last && value === last[1] + 1) last[1] = value
    else runs.push([value, value])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`)).join(', ')
}
