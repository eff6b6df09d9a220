import { LogText } from '@/components/format/log-text'
import { cn } from '@/components/ui/cn'
import type { Influence } from './protocol'

interface Row { readonly key: string; readonly name: React.ReactNode; readonly note?: React.ReactNode; readonly drop: number; readonly attribution: number | null }

/** Influences side by side by both methods: bars right of the middle speak for the label, left of it against. */
export function InfluenceBars({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null
  const [drops, gradients] = [most(rows.map((row) => row.drop)), most(rows.map((row) => row.attribution ?? 0))]
  return (
    <table className="mb-4 w-full table-fixed text-12">
      <caption className="mb-1 text-left font-semibold">{caption}</caption>
      <thead className="text-dim"><tr><th scope="col" className="w-auto text-left font-normal"><span className="sr-only">what</span></th><th scope="col" className="w-21 pl-2 text-left font-normal" title="How far the label’s probability falls when this is taken away">taken away</th><th scope="col" className="w-21 pl-2 text-left font-normal" title="What integrated gradients credit this with">gradients</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-t border-line align-top">
            <th scope="row" className="py-1 text-left font-normal break-words">{row.name}{row.note ? <span className="block text-dim">{row.note}</span> : null}</th>
            <td className="py-1 pl-2"><SignedBar value={row.drop} most={drops} /></td>
            <td className="py-1 pl-2"><SignedBar value={row.attribution} most={gradients} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** An influence's row. */
export function influenceRow({ name, value, drop, attribution, kind }: Influence): Row {
  return { key: name, name: <LogText text={name} limit={80} />, note: value === null ? (kind === 'link' ? 'link' : 'missing') : <><LogText text={value} limit={120} />{kind === 'link' ? ' · link' : ''}</>, drop, attribution }
}

/** Bars are drawn to the longest, but what hardly weighs must not look as if it did. */
const LEAST_SCALE = 0.02
const SEEN = 5e-4

function most(values: readonly number[]): number {
  return Math.max(LEAST_SCALE, ...values.map(Math.abs))
}

function SignedBar({ value, most }: { value: number | null; most: number }) {
  if (value === null) return <span className="text-dim">–</span>
  const share = (Math.abs(value) / most) * 50
  return (
    <span className="block">
      <span className="block text-right">{Math.abs(value) < SEEN ? '0' : `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`}</span>
      <span aria-hidden className="relative block h-1.5 rounded-sm bg-line">
        <span className="absolute inset-y-0 left-1/2 w-px bg-strong" />
        <span className={cn('absolute inset-y-0 rounded-sm', value >= 0 ? 'left-1/2 bg-[#0072b2]' : 'right-1/2 bg-[#d55e00]')} style={{ width: `${share}%` }} />
      </span>
    </span>
  )
}
