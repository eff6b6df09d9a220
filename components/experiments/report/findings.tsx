import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import type { Finding } from '@/lib/experiments/report/report-types'
import { plural } from '@/components/format/number'
import { cn } from '@/components/ui/cn'

const LOOKS = {
  holds: { icon: CircleCheck, color: 'text-good', text: 'holds' },
  fails: { icon: CircleX, color: 'text-bad', text: 'fails' },
  open: { icon: CircleDashed, color: 'text-dim', text: 'open' },
} as const

/** A verdict by sign and word. */
export function Verdict({ verdict, text }: { verdict: Finding['verdict']; text?: string }) {
  const { icon: Icon, color, text: word } = LOOKS[verdict]
  return <span className="inline-flex items-center gap-1.5 whitespace-nowrap"><Icon aria-hidden className={cn('size-3.5 shrink-0', color)} />{text ?? word}</span>
}

/** What was expected of the figures, what came, and whether that holds. */
export function FindingsTable({ findings }: { findings: readonly Finding[] }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Findings">
      <table className="w-full">
        <thead className="bg-panel text-left text-12 text-dim">
          <tr>{['', 'Finding', 'Measured', 'Expected'].map((head) => <th key={head} scope="col" className="px-3 py-1.5 font-medium">{head || <span className="sr-only">Verdict</span>}</th>)}</tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr key={finding.title} className="border-t border-line align-top">
              <td className="w-24 px-3 py-1.5"><Verdict verdict={finding.verdict} /></td>
              <th scope="row" className="px-3 py-1.5 text-left font-medium">{finding.title}</th>
              <td className="px-3 py-1.5">{finding.measured}</td>
              <td className="px-3 py-1.5 text-dim">{finding.expected}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** "3 findings hold, 1 fails", each with its sign. */
export function FindingCounts({ findings }: { findings: readonly Finding[] }) {
  const count = (verdict: Finding['verdict']): number => findings.filter((finding) => finding.verdict === verdict).length
  const [holds, fails, open] = [count('holds'), count('fails'), count('open')]
  return (
    <span className="inline-flex flex-wrap gap-x-4">
      {holds > 0 ? <Verdict verdict="holds" text={`${plural(holds, 'finding')} ${holds === 1 ? 'holds' : 'hold'}`} /> : null}
      {fails > 0 ? <Verdict verdict="fails" text={`${plural(fails, 'finding')} ${fails === 1 ? 'fails' : 'fail'}`} /> : null}
      {open > 0 ? <Verdict verdict="open" text={`${open} open`} /> : null}
    </span>
  )
}
