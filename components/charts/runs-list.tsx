import Link from 'next/link'
import type { RunValue } from '@/lib/experiments/report/report-types'

/** As many as can be compared at once. */
const COMPARED = 20

/** Every run behind a figure: number, seed and value, each a link. */
export function RunsList({ title, value, runs, format }: { title: string; value: string; runs: readonly RunValue[]; format: (value: number) => string }) {
  return (
    <div>
      <div className="border-b border-line px-3 py-2">
        <p className="text-12 text-dim">{title}</p>
        <p className="text-14 font-semibold">{value}</p>
      </div>
      <div className="max-h-64 overflow-y-auto">
        <table className="w-full text-right text-12">
          <thead className="sticky top-0 bg-raised text-dim">
            <tr><th scope="col" className="px-3 py-1 text-left font-medium">run</th><th scope="col" className="px-2 py-1 font-medium">seed</th><th scope="col" className="px-3 py-1 font-medium">value</th></tr>
          </thead>
          <tbody>
            {runs.map((one, index) => (
              <tr key={index} className="border-t border-line">
                <td className="px-3 py-1 text-left"><Link prefetch={false} href={`/runs/${one.run}`} className="link">run {one.number}</Link></td>
                <td className="px-2 py-1">{one.seed}</td>
                <td className="px-3 py-1 whitespace-nowrap">{format(one.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {runs.length > 1 ? <p className="border-t border-line px-3 py-2 text-12"><Link prefetch={false} href={`/compare?runs=${[...new Set(runs.map((one) => one.run))].slice(0, COMPARED).join(',')}`} className="link">{runs.length > COMPARED ? `Compare the first ${COMPARED}` : 'Compare them'}</Link></p> : null}
    </div>
  )
}
