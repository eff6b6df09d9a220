import { measureOf } from '@/lib/experiments/measures'
import type { AxisValue } from '@/lib/experiments/points'
import { figureText, summaryText } from '@/lib/experiments/report/figure-text'
import type { ReportColumn, ReportRow, Summary, TableBody } from '@/lib/experiments/report/report-types'
import { formatMean } from '@/components/charts/value-format'
import { formatBytes, formatFigure } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { RunsButton } from './runs-button'

/** A report's table: units in its heads, the paper's figures beside ours, and behind every figure of ours its runs. */
export function ReportTable({ body, label }: { body: TableBody; label: string }) {
  if (body.rows.length === 0) return <p className="px-3 py-6 text-center text-dim">No finished run has these figures yet.</p>
  return (
    <div className="max-h-[36rem] overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-right text-12">
        <thead className="sticky top-0 z-10 bg-panel text-dim">
          <tr>
            {body.heads.map((head) => <th key={head} scope="col" className="px-3 py-1.5 text-left align-bottom font-medium">{head}</th>)}
            {body.columns.map((column) => <ColumnHead key={column.key} column={column} />)}
          </tr>
        </thead>
        <tbody>{body.rows.map((row) => <Row key={row.key} row={row} columns={body.columns} />)}</tbody>
      </table>
    </div>
  )
}

function ColumnHead({ column }: { column: ReportColumn }) {
  const { hint, unit } = measureOf(column.measure)
  return (
    <th scope="col" title={hint} className="px-3 py-1.5 align-bottom font-medium">
      <span className="text-ink">{column.title}</span>
      <span className="block font-normal">{unsaid(column.title, [column.published ? 'published' : (column.protocol ?? ''), unit === null || unit === 'bytes' ? '' : unit])}</span>
    </th>
  )
}

/** Of protocol and unit what the title does not say already. */
function unsaid(title: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== '' && !title.toLowerCase().includes(part.toLowerCase())).join(', ') || '\u00A0'
}

function Row({ row, columns }: { row: ReportRow; columns: readonly ReportColumn[] }) {
  const place = row.head.map(headText).join(', ')
  return (
    <tr className="border-t border-line hover:bg-hover">
      {row.head.map((value, index) => index === 0
        ? <th key={index} scope="row" className="px-3 py-1 text-left font-semibold whitespace-nowrap">{headText(value)}</th>
        : <td key={index} className="px-3 py-1 text-left whitespace-nowrap">{headText(value)}</td>)}
      {columns.map((column, index) => <FigureCell key={column.key} column={column} summary={row.cells[index] ?? null} place={place} />)}
    </tr>
  )
}

function FigureCell({ column, summary, place }: { column: ReportColumn; summary: Summary | null; place: string }) {
  const bytes = measureOf(column.measure).unit === 'bytes'
  const format = (value: number): string => (bytes ? formatBytes(value) : figureText(column.measure, value))
  return (
    <td className={cn('px-3 py-1 whitespace-nowrap', column.published && 'text-dim')}>
      {summary === null ? '–' : <RunsButton text={bytes ? formatMean({ unit: 'bytes', domain: null }, summary.mean, summary.deviation) : summaryText(column.measure, summary)} title={`${column.title}, ${place}`} runs={summary.values} format={format} />}
    </td>
  )
}

function headText(value: AxisValue): string {
  return typeof value === 'number' ? formatFigure(value) : value
}
