'use client'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { PairDetail } from '@/lib/labelling/agreement/answers'
import type { MatrixCell } from '@/lib/labelling/agreement/disagreements'
import { Figure } from '@/components/charts/figure'
import { rampColor, rampInk } from '@/components/charts/ramp'
import { formatCount, plural } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { partText, PART_NAMES } from '../part-text'
import { matrixGrid, stepCell } from './matrix-layout'

const SIZE = 16

interface Props { readonly pair: PairDetail; readonly nameA: string; readonly nameB: string; readonly open: readonly [string, string] | null; readonly onOpen: (cell: readonly [string, string]) => void }

/** What A said against what B said. Every cell has its count in it and opens its requests; shades only repeat the counts. */
export function Matrix({ pair, nameA, nameB, open, onOpen }: Props) {
  const grid = matrixGrid(pair.matrix, SIZE)
  const data = { header: [nameA, nameB, 'requests'], rows: pair.matrix.cells.map(({ a, b, count }) => [partText(pair.part, a), partText(pair.part, b), count]) }
  const disagreed = pair.matrix.units - pair.matrix.agreed
  const note = `${PART_NAMES[pair.part]}: ${formatCount(disagreed)} of ${plural(pair.matrix.units, 'request')} differ. Rows are ${nameA}, columns ${nameB}; the diagonal agrees.${grid.beyond > 0 ? ` ${formatCount(grid.beyond)} more lie in rarer classes: see the data.` : ''}`
  return (
    <Figure id="disagreements" title="Disagreement matrix" note={note} data={data} drawn={false}>
      <Grid key={`${pair.a} ${pair.b} ${pair.part}`} pair={pair} grid={grid} open={open} onOpen={onOpen} />
    </Figure>
  )
}

function Grid({ pair, grid, open, onOpen }: { pair: PairDetail; grid: ReturnType<typeof matrixGrid> } & Pick<Props, 'open' | 'onOpen'>) {
  const [at, setAt] = useState<readonly [number, number]>([0, 0])
  const table = useRef<HTMLTableElement>(null)
  const { classes, cells, largest } = grid
  const keys = (event: KeyboardEvent): void => {
    const next = stepCell(event.key, at, classes.length)
    if (!next) return
    event.preventDefault()
    setAt(next)
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${next[0]} ${next[1]}"]`)?.focus()
  }
  return (
    <div className="overflow-x-auto px-2 pb-1">
      <table ref={table} aria-label="Disagreement matrix" className="border-separate border-spacing-px text-12">
        <thead>
          <tr><th scope="col" className="pr-2 text-right font-medium text-dim">said \ against</th>{classes.map((name, column) => <th key={name} scope="col" className="min-w-9 px-1 font-medium text-dim" title={partText(pair.part, name)} aria-label={partText(pair.part, name)}>{column + 1}</th>)}</tr>
        </thead>
        <tbody>
          {classes.map((name, row) => (
            <tr key={name}>
              <th scope="row" className="max-w-64 truncate pr-2 text-right font-normal" title={partText(pair.part, name)}>{partText(pair.part, name)} <span className="text-dim">{row + 1}</span></th>
              {classes.map((other, column) => <Cell key={other} cell={cells[row]?.[column] ?? null} place={[row, column]} named={[partText(pair.part, name), partText(pair.part, other)]} largest={largest} chosen={open?.[0] === name && open[1] === other} onKeyDown={keys} first={at[0] === row && at[1] === column} onFocus={() => setAt([row, column])} onOpen={() => onOpen([name, other])} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell, place, named, largest, chosen, first, onKeyDown, onFocus, onOpen }: { cell: MatrixCell | null; place: readonly [number, number]; named: readonly [string, string]; largest: number; chosen: boolean; first: boolean; onKeyDown: (event: KeyboardEvent) => void; onFocus: () => void; onOpen: () => void }) {
  const count = cell?.count ?? 0
  const same = place[0] === place[1]
  const share = count === 0 || largest === 0 ? 0 : Math.sqrt(count / largest)
  const look = same || count === 0 ? {} : { background: rampColor(share), color: rampInk(share) }
  return (
    <td className="p-0">
      <button
        type="button" data-cell={`${place[0]} ${place[1]}`} tabIndex={first ? 0 : -1} aria-disabled={count === 0} aria-pressed={chosen}
        aria-label={`${named[0]} against ${named[1]}: ${plural(count, 'request')}`} title={`${named[0]} against ${named[1]}: ${plural(count, 'request')}`}
        className={cn('block h-7 w-full min-w-9 rounded-sm px-1 text-center', same ? 'border border-strong' : count === 0 ? 'bg-panel' : '', chosen && 'outline-2 outline-accent')}
        style={look} onKeyDown={onKeyDown} onFocus={onFocus} onClick={() => { if (count > 0) onOpen() }}
      >
        {count === 0 ? '' : formatCount(count)}
      </button>
    </td>
  )
}
