import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { nextRunsOf } from '@/lib/experiments/growth/growth'
import { growthSchema, type Growth } from '@/lib/experiments/spec/growth-spec'
import { growExperiment, growingOfRun, idleGrowing, type GrowingLaunch } from '@/lib/store/grow-experiment'
import type { JobBackend } from './backend'

/** Launches known to be finished, so that housekeeping need not look at them again and again. */
const finished = new Set<string>()

/** How a stored launch grows; null where it has all its runs from the start. @throws AuditweaveError 'bad-experiment' */
export function growthOf({ id, spec, scale }: Pick<GrowingLaunch, 'id' | 'spec' | 'scale'>): Growth | null {
  const stored = scalesSchema.safeParse(spec).data?.scales[scale]?.growth
  if (stored === undefined) return null
  const parsed = growthSchema.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new AuditweaveError('bad-experiment', `Launch ${id} does not say how it goes on; another version may have made it. Launch it anew.`)
}

/** As much of a stored experiment as tells how it grows: the rest may be of another version. */
const scalesSchema = z.object({ scales: z.record(z.string(), z.object({ growth: z.unknown().optional() })) })

/** Queues what follows from the runs of a growing launch; any number of workers may ask for it. Returns how many runs were added. */
export async function growLaunch(id: string, backend: Pick<JobBackend, 'send'>): Promise<number> {
  const added = await growExperiment(id, (launch) => {
    const growth = growthOf(launch)
    const step = growth ? nextRunsOf(growth, launch.runs) : { add: [], spent: [], finished: true }
    if (step.finished) finished.add(id)
    return step
  })
  for (const { id: run, priority } of added) await backend.send('run', { id: run }, { priority })
  return added.length
}

/** After a run has ended: its launch goes on, if it is one that grows. */
export async function growLaunchOf(runId: string, backend: Pick<JobBackend, 'send'>): Promise<void> {
  const id = await growingOfRun(runId)
  if (id !== null) await growLaunch(id, backend)
}

/** Growing launches that stand still because whoever ended their last run died before it could go on. */
export async function growIdleLaunches(backend: Pick<JobBackend, 'send'>): Promise<void> {
  for (const id of await idleGrowing()) if (!finished.has(id)) await growLaunch(id, backend)
}
