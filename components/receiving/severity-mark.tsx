import { CircleAlert, Info, ShieldAlert, TriangleAlert } from 'lucide-react'
import type { Severity } from '@/lib/live/watch'

const MARKS = {
  info: { icon: Info, look: 'text-dim' },
  low: { icon: CircleAlert, look: 'text-accent' },
  medium: { icon: TriangleAlert, look: 'text-warn' },
  high: { icon: ShieldAlert, look: 'text-bad' },
} as const

/** How grave an alert is: a shape and a word, and a colour besides. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { icon: Icon, look } = MARKS[severity]
  return <span className={`inline-flex items-center gap-1 text-12 font-medium ${look}`}><Icon aria-hidden className="size-3.5 shrink-0" />{severity}</span>
}
