import type { ReactNode } from 'react'
import { Mark } from '@/components/charts/marker'
import type { ComparedRun } from './compared-run'

/** A table of one column a run, whose first column stays in view. */
export function ScrollTable({ label, runs, children }: { label: string; runs: readonly ComparedRun[]; children: ReactNode }) {
  return (
    <div className="relative max-h-[70vh] overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full">
        <thead className="sticky top-0 z-10 bg-panel text-12 text-dim">
          <tr>
            <th scope="col" className="sticky left-0 bg-panel px-3 py-2 text-left font-medium">{label}</th>
            {runs.map(({ run, name, look }) => (
              <th key={run.id} scope="col" className="px-3 py-2 text-right font-medium whitespace-nowrap" title={run.name}>
                <svg viewBox="0 0 14 14" className="mr-1.5 inline size-3.5 align-[-2px]" aria-hidden><Mark kind={look.marker} color={look.color} x={7} y={7} /></svg>{name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
