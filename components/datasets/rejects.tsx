import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import type { RejectSummary } from './dataset-view'

/** Why lines were left out, with the first of each reason. */
export function Rejects({ rejects, rejected }: { rejects: readonly RejectSummary[]; rejected: number }) {
  return (
    <>
      <p className="mb-2 text-dim">{plural(rejected, 'line')} could not be read as events; the others are in.</p>
      {rejects.map((reject) => (
        <details key={reject.reason} className="border-t border-line py-1.5">
          <summary><span className="font-medium">{reject.reason}</span> <span className="text-dim">{formatCount(reject.count)}</span></summary>
          <ul className="mt-1 space-y-1 pl-4">
            {reject.first.map((line) => <li key={line.line} className="font-mono text-12 break-all"><span className="mr-3 text-dim">line {formatCount(line.line)}</span><LogText text={line.excerpt} limit={400} /></li>)}
          </ul>
        </details>
      ))}
    </>
  )
}
