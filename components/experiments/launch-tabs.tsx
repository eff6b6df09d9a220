import Link from 'next/link'
import { Ago } from '@/components/format/ago'
import { cn } from '@/components/ui/cn'
import type { LaunchView } from './launch-view'

const SHOWN = 6

/** The launches of an experiment, newest first; the chosen one is in the address. */
export function LaunchTabs({ name, launches, current }: { name: string; launches: readonly LaunchView[]; current: string }) {
  const shown = launches.filter((launch, index) => index < SHOWN || launch.id === current)
  if (launches.length < 2) return null
  return (
    <nav aria-label="Launches" className="mb-4 flex gap-5 overflow-x-auto border-b border-line">
      {shown.map((launch) => (
        <Link key={launch.id} href={`/experiments/${name}?launch=${launch.id}`} scroll={false} aria-current={launch.id === current ? 'page' : undefined} className={cn('-mb-px border-b-2 py-1.5 whitespace-nowrap', launch.id === current ? 'border-accent' : 'border-transparent text-dim hover:text-ink')}>
          {launch.scale} on {launch.datasetName}, <Ago at={launch.createdAt} />
        </Link>
      ))}
    </nav>
  )
}
