import type { Column } from './column'
import type { RowColors } from './ramp'

/** What the colours stand for: the ramp with its ends, or each word with its own. */
export function PlotLegend({ column, colors }: { column: Column | null; colors: RowColors }) {
  if (!column) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 text-12">
      <span className="text-dim">colour: {column.title}</span>
      {column.kind === 'number' ? (
        <span className="flex items-center gap-1.5">
          {colors.legend[0]?.text}
          <span aria-hidden className="h-2.5 w-32 rounded-sm" style={{ background: `linear-gradient(to right, ${colors.colors.slice(0, -1).join(', ')})` }} />
          {colors.legend.at(-1)?.text}
        </span>
      ) : colors.legend.map(({ color, text }) => <span key={text} className="flex items-center gap-1.5"><span aria-hidden className="size-2.5 rounded-sm" style={{ background: color }} />{text}</span>)}
    </div>
  )
}
