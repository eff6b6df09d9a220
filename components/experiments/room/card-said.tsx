import type { Report } from '@/lib/experiments/report/report-types'
import { FindingCounts } from '../report/findings'
import { headlineOf } from './headline'

/** What the last launch of an experiment said: its best figure under each protocol, and how many findings hold. */
export async function CardSaid({ report }: { report: Promise<Report> }) {
  const read = await report
  const headline = headlineOf(read)
  return (
    <div className="mt-1 space-y-1">
      {headline ? (
        <p className="line-clamp-3" title={`${headline.what}, the best: ${headline.figures.map(({ value, under, at }) => `${value} (${[under, at].filter(Boolean).join(', ')})`).join('; ')}`}>
          <span className="text-12 text-dim">{headline.what}, best: </span>
          {headline.figures.map(({ value, under, at }, index) => <span key={index}>{index > 0 ? '; ' : ''}<b className="font-semibold">{value}</b> <span className="text-12 text-dim">{[under, at].filter(Boolean).join(', ')}</span></span>)}
        </p>
      ) : <p className="text-12 text-dim">No run has ended yet.</p>}
      {read.findings.length > 0 ? <p className="text-12"><FindingCounts findings={read.findings} /></p> : null}
    </div>
  )
}
