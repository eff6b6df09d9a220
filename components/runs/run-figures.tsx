import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { Section } from '@/components/ui/page'
import { MEASURES, protocolText, type Measure } from './measures'
import type { RunSource } from './run-line'

/** The figures of a finished run, the sibling of the other protocol beside it: one F1 alone tells too little. */
export function RunFigures({ run, siblings }: { run: RunSource; siblings: readonly RunSource[] }) {
  const columns = [run, ...siblings]
  const metrics = MEASURES.filter((one) => one.from === 'metrics' && columns.some((run) => (run.metrics as Readonly<Record<string, number>> | null)?.[one.id] !== undefined))
  return (
    <Section title="Figures" aside={siblings.length === 0 ? <span className="text-12 text-dim">No run of the other protocol with the same window and seed yet; one F1 alone says little.</span> : null}>
      <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Figures of the run">
        <table className="w-full">
          <thead className="bg-panel text-12 text-dim">
            <tr>
              <th scope="col" className="px-3 py-2 text-left font-medium">On the test lines</th>
              {columns.map((one, index) => <th key={one.id} scope="col" className="px-3 py-2 text-right font-medium" title={protocolText(one.protocol)}>{index === 0 ? <b className="text-ink">this run, {one.protocol}</b> : <Link className="link" href={`/runs/${one.id}`}>#{one.number}, {one.protocol}</Link>}</th>)}
            </tr>
          </thead>
          <tbody>{metrics.map((one, index) => <FigureRow key={one.id} measure={one} runs={columns} lead={index < 2} />)}</tbody>
        </table>
      </div>
      <p className="mt-2 max-w-[100ch] text-12 text-dim">{columns.map((one) => `${one.protocol}: ${protocolText(one.protocol)}`).filter((text, index, all) => all.indexOf(text) === index).join('. ')}.</p>
    </Section>
  )
}

function FigureRow({ measure, runs, lead }: { measure: Measure; runs: readonly RunSource[]; lead: boolean }) {
  return (
    <tr className={cn('border-t border-line', lead && 'font-semibold')}>
      <th scope="row" className="px-3 py-1.5 text-left font-normal"><span title={measure.hint} className={lead ? 'font-semibold' : ''}>{measure.label}</span></th>
      {runs.map((run) => {
        const value = (run.metrics as Readonly<Record<string, number>> | null)?.[measure.id]
        return <td key={run.id} className="px-3 py-1.5 text-right">{value === undefined ? '–' : measure.format(value)}</td>
      })}
    </tr>
  )
}
