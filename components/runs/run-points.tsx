import { axisOf } from '@/lib/experiments/axes'
import { measureOf } from '@/lib/experiments/measures'
import type { AxisValue, Point } from '@/lib/experiments/points'
import { plainFigure } from '@/lib/experiments/report/figure-text'
import { formatFigure } from '@/components/format/number'
import { LogText } from '@/components/format/log-text'
import { Section } from '@/components/ui/page'

/** What a run measured at several places: votes, strides or forms of a training, everything of a measurement. Points of the same axes make a table. */
export function RunPoints({ points }: { points: readonly Point[] }) {
  if (points.length === 0) return null
  return <Section title="What it measured">{pointTables(points).map((table) => <PointTable key={table.axes.join('/')} table={table} />)}</Section>
}

export interface PointRows { readonly axes: readonly string[]; readonly measures: readonly string[]; readonly rows: readonly Point[] }

/** Points that stand on the same axes, together; measures that none of them has are no columns. */
export function pointTables(points: readonly Point[]): PointRows[] {
  const tables = new Map<string, Point[]>()
  for (const point of points) {
    const key = Object.keys(point.axes).sort().join('/')
    tables.set(key, [...(tables.get(key) ?? []), point])
  }
  return [...tables.values()].map((rows) => ({ axes: Object.keys(rows[0]?.axes ?? {}), measures: [...new Set(rows.flatMap((row) => Object.keys(row.measures)))], rows }))
}

const HIGH = 24

function PointTable({ table: { axes, measures, rows } }: { table: PointRows }) {
  return (
    <div className={`mb-4 overflow-auto rounded-md border border-line ${rows.length > HIGH ? 'max-h-[32rem]' : ''}`} tabIndex={0} role="region" aria-label={`Points by ${axes.map((axis) => axisOf(axis).title).join(', ') || 'run'}`}>
      <table className="w-full text-right">
        <thead className="sticky top-0 bg-panel text-12 text-dim">
          <tr>
            {axes.map((axis) => <th key={axis} scope="col" className="px-3 py-1.5 text-left font-medium">{titled(axisOf(axis))}</th>)}
            {measures.map((key) => <th key={key} scope="col" title={measureOf(key).hint} className="px-3 py-1.5 font-medium">{titled({ title: measureOf(key).short, unit: measureOf(key).unit })}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {axes.map((axis) => <td key={axis} className="px-3 py-1.5 text-left"><AxisText value={row.axes[axis]} /></td>)}
              {measures.map((key) => <td key={key} className="px-3 py-1.5 whitespace-nowrap">{row.measures[key] === undefined ? '–' : plainFigure(key, row.measures[key])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function titled({ title, unit }: { title: string; unit: string | null }): string {
  return unit ? `${title} (${unit})` : title
}

/** Names come out of a log. */
function AxisText({ value }: { value: AxisValue | undefined }) {
  if (value === undefined) return '–'
  return typeof value === 'number' ? formatFigure(value) : <LogText text={value} />
}
