import { Mark } from './marker'
import type { Marker } from './plot-types'

interface Item { readonly title: string; readonly color: string; readonly hollow?: boolean; readonly marker?: Marker }

/** Names of series where there is no end of a line to write them at; nothing for one series without a baseline. */
export function SeriesKey({ items, baseline = null }: { items: readonly Item[]; baseline?: string | null }) {
  if (items.length < 2 && baseline === null) return null
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 px-3 pt-1 text-12">
      {items.length < 2 ? null : items.map((item) => (
        <li key={item.title} className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 12 12" className="size-3"><Mark kind={item.marker ?? (item.hollow ? 'hollow' : 'square')} x={6} y={6} color={item.color} /></svg>
          {item.title}
        </li>
      ))}
      {baseline === null ? null : <li className="flex items-center gap-1.5"><svg aria-hidden viewBox="0 0 16 12" className="h-3 w-4"><path d="M0 6H16" stroke="currentColor" strokeDasharray="4 3" /></svg>baseline {baseline}</li>}
    </ul>
  )
}
