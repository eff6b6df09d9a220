'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Ago } from '@/components/format/ago'
import { useKey } from '@/components/keys/use-key'
import { RunStateMark } from '@/components/runs/run-state'
import { cn } from '@/components/ui/cn'
import type { LaunchView } from './launch-view'

const SHOWN = 6

/** The launches of an experiment, newest first; the chosen one is in the address. */
export function LaunchTabs({ name, launches, current }: { name: string; launches: readonly LaunchView[]; current: string }) {
  const router = useRouter()
  const place = launches.findIndex((launch) => launch.id === current)
  const go = (step: number): void => {
    const next = launches[place + step]
    if (next) router.push(`/experiments/${name}?launch=${next.id}`, { scroll: false })
  }
  useKey('[', 'Newer launch', 'This experiment', () => go(-1), { enabled: launches.length > 1 })
  useKey(']', 'Older launch', 'This experiment', () => go(1), { enabled: launches.length > 1 })
  const shown = launches.filter((launch, index) => index < SHOWN || launch.id === current)
  if (launches.length < 2) return null
  return (
    <nav aria-label="Launches" title="[ and ] go from launch to launch" className="mb-4 flex gap-5 overflow-x-auto border-b border-line">
      {shown.map((launch) => (
        <Link key={launch.id} href={`/experiments/${name}?launch=${launch.id}`} scroll={false} prefetch={false} aria-current={launch.id === current ? 'page' : undefined} className={cn('-mb-px flex items-center gap-1.5 border-b-2 py-1.5 whitespace-nowrap', launch.id === current ? 'border-accent' : 'border-transparent text-dim hover:text-ink')}>
          {launch.scale} on {launch.datasetName}, <Ago at={launch.createdAt} /> <RunStateMark state={launch.state} className="text-12 text-dim" />
        </Link>
      ))}
    </nav>
  )
}
