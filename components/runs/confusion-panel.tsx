'use client'
import { Fragment, useState } from 'react'
import type { ConfusionCell } from '@/lib/experiments/run-spec'
import { Figure } from '@/components/charts/figure'
import { formatCount } from '@/components/format/number'
import { classText } from './class-text'
import { confusionMatrix, topConfusions, type ConfusionMatrix } from './confusion'

const SIZE = 24
const CELL = 18
const LABEL = 210
const TOP = 12

/** The labels most often taken for each other: as a matrix and as a list. */
export function ConfusionPanel({ cells }: { cells: readonly ConfusionCell[] }) {
  const matrix = confusionMatrix(cells, SIZE)
  const top = topConfusions(cells, 15)
  if (top.length === 0) return <p className="text-dim">No test line got a wrong label.</p>
  const data = { header: ['truth', 'predicted', 'lines'], rows: cells.map((cell) => [classText(cell.truth), classText(cell.predicted), cell.count]) }
  return (
    <div className="grid gap-6 xl:grid-cols-[auto_1fr]">
      <Figure id="confusion" title="Confusion" note={`the ${matrix.labels.length} labels with most mistakes; lines of the test set`} data={data}><Matrix matrix={matrix} /></Figure>
      <div>
        <h3 className="mb-1.5 text-12 font-semibold text-dim">Most frequent mistakes</h3>
        <table className="w-full">
          <thead className="text-left text-12 text-dim"><tr><th scope="col" className="py-1 font-medium">Truth</th><th scope="col" className="py-1 font-medium">Taken for</th><th scope="col" className="py-1 text-right font-medium">Lines</th></tr></thead>
          <tbody>
            {top.map((cell) => (
              <tr key={`${cell.truth} ${cell.predicted}`} className="border-t border-line">
                <td className="py-1 pr-3">{classText(cell.truth)}</td>
                <td className="py-1 pr-3">{classText(cell.predicted)}</td>
                <td className="py-1 text-right">{formatCount(cell.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Shades grow with the root of the count, as few pairs bear most mistakes. */
function Matrix({ matrix }: { matrix: ConfusionMatrix }) {
  const [over, setOver] = useState<{ row: number; column: number } | null>(null)
  const { labels, counts, largest } = matrix
  const side = labels.length * CELL
  const told = over ? { truth: labels[over.row] ?? '', predicted: labels[over.column] ?? '', count: counts[over.row]?.[over.column] ?? 0 } : null
  return (
    <div className="overflow-x-auto px-2">
      <p className="h-5 text-12 text-dim">{told ? <><b className="text-ink">{formatCount(told.count)}</b> lines of {classText(told.truth)} {told.truth === told.predicted ? 'are told rightly' : `are taken for ${classText(told.predicted)}`}</> : 'Rows are the truth, columns what was predicted; the diagonal is right.'}</p>
      <svg width={LABEL + side + 8} height={TOP + side + 8} role="img" aria-label={`Confusion matrix of ${labels.length} labels`}>
        {labels.map((label, row) => (
          <Fragment key={label}>
            <text x={LABEL - 6} y={TOP + row * CELL + CELL / 2} textAnchor="end" dominantBaseline="central" fontSize={11} fill={over?.row === row || over?.column === row ? 'var(--color-accent)' : 'var(--color-dim)'}>{shorten(classText(label))}</text>
            {labels.map((_, column) => <rect key={column} x={LABEL + column * CELL} y={TOP + row * CELL} width={CELL - 1} height={CELL - 1} {...cellLook(counts[row]?.[column] ?? 0, largest, row === column)} onMouseEnter={() => setOver({ row, column })} />)}
          </Fragment>
        ))}
      </svg>
    </div>
  )
}

function cellLook(count: number, largest: number, right: boolean): { fill: string; fillOpacity?: number; stroke?: string } {
  if (right) return { fill: 'none', stroke: 'var(--color-strong)' }
  if (count === 0) return { fill: 'var(--color-panel)' }
  return { fill: 'var(--color-verb-delete)', fillOpacity: 0.2 + 0.8 * Math.sqrt(count / largest) }
}

function shorten(text: string): string {
  return text.length > 34 ? `${text.slice(0, 33)}…` : text
}
