'use client'
import { Figure } from '@/components/charts/figure'
import { useWidth } from '@/components/charts/use-width'
import { formatCount } from '@/components/format/number'
import type { Minute } from '@/lib/live/minutes'

const HEIGHT = 132
const LEFT = 40
const FLOOR = HEIGHT - 20
const SHOWN = 60

/** Events by minute of the cluster's clock; the part that users asked for stands darker. The last hour in which something happened. */
export function RateChart({ minutes }: { minutes: readonly Minute[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(800)
  const last = minutes.at(-1)?.at ?? 0
  const shown = minutes.filter(({ at }) => at > last - SHOWN * 60)
  const first = shown[0]?.at ?? last
  const slots = Math.max(20, (last - first) / 60 + 1)
  const step = Math.max(1, (width - LEFT - 8) / slots)
  const most = Math.max(1, ...shown.map(({ events }) => events))
  const height = (count: number): number => (count / most) * (FLOOR - 12)
  const data = { header: ['minute (UTC)', 'events', 'requests of users', 'of these refused'], rows: shown.map(({ at, events, triggers, refused }) => [clock(at), events, triggers, refused]) }
  return (
    <Figure id="rate" title="Events by minute" note="dark: requests of users" data={data}>
      <div ref={ref} className="h-[132px] px-1">
        {width > 0 ? (
          <svg width={width} height={HEIGHT} role="img" aria-label={`Events by minute, at most ${formatCount(most)}`} className="block">
            <line x1={LEFT} x2={width - 8} y1={FLOOR} y2={FLOOR} stroke="var(--color-line)" />
            <text x={LEFT - 6} y={16} textAnchor="end" fontSize={11} fill="var(--color-dim)">{formatCount(most)}</text>
            <text x={LEFT - 6} y={FLOOR} textAnchor="end" fontSize={11} fill="var(--color-dim)">0</text>
            {shown.map(({ at, events, triggers, refused }) => {
              const x = LEFT + ((at - first) / 60) * step
              return (
                <g key={at}>
                  <title>{`${clock(at)}: ${formatCount(events)} events, ${formatCount(triggers)} of users, ${formatCount(refused)} refused`}</title>
                  <rect x={x} y={FLOOR - height(events)} width={Math.max(1, step - 1)} height={height(events)} fill="var(--color-verb-patch)" />
                  <rect x={x} y={FLOOR - height(triggers)} width={Math.max(1, step - 1)} height={height(triggers)} fill="var(--color-verb-update)" />
                </g>
              )
            })}
            {shown.length > 0 ? <text x={LEFT} y={HEIGHT - 5} fontSize={11} fill="var(--color-dim)">{clock(first)}</text> : null}
            {shown.length > 1 ? <text x={Math.min(width - 8, LEFT + slots * step)} y={HEIGHT - 5} textAnchor="end" fontSize={11} fill="var(--color-dim)">{clock(first + (slots - 1) * 60)} UTC</text> : null}
          </svg>
        ) : null}
      </div>
    </Figure>
  )
}

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 16)
