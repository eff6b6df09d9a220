'use client'
import Link from 'next/link'
import { importShare, importText } from '@/components/datasets/import-progress'
import { useLive } from '@/components/live/use-live'
import { progressShare } from '@/components/runs/run-line'
import { progressText } from '@/components/runs/progress-text'
import { Meter } from '@/components/ui/meter'

const SHOWN = 5

/** What runs at this moment, as it is sent. */
export function RunningNow({ workers }: { workers: number }) {
  const { active, imports, counts, connected } = useLive()
  const running = active.filter((run) => run.state === 'running')
  return (
    <div className="min-h-24 rounded-md border border-line px-4 py-3" aria-live="polite">
      {connected && running.length + imports.length === 0 ? <p className="text-dim">{counts.queued > 0 ? `${counts.queued} wait for a worker. ` : 'Nothing runs. '}{workers === 0 ? 'No worker is there: start one with "npx auditweave worker".' : `${workers === 1 ? 'One worker is' : `${workers} workers are`} ready.`}</p> : null}
      <ul className="space-y-3">
        {imports.map((entry) => <li key={entry.id}><Line href={`/datasets/${entry.id}`} name={`Import of ${entry.name}`} text={importText(entry.progress)} share={importShare(entry.progress)} /></li>)}
        {running.slice(0, SHOWN).map((run) => <li key={run.id}><Line href={`/runs/${run.id}`} name={`#${run.number} ${run.name}`} text={progressText(run.progress)} share={progressShare(run.progress)} /></li>)}
      </ul>
      {running.length + imports.length > 0 && counts.queued > 0 ? <p className="mt-3 text-12 text-dim"><Link href="/runs?state=queued" className="link">{counts.queued} more wait</Link></p> : null}
    </div>
  )
}

function Line({ href, name, text, share }: { href: string; name: string; text: string; share: number | null }) {
  return (
    <>
      <div className="flex flex-wrap justify-between gap-x-4"><Link href={href} className="link">{name}</Link><span className="text-12 text-dim">{text}</span></div>
      <Meter share={share} label={`Progress: ${name}`} className="mt-1" />
    </>
  )
}
