import { AuditweaveError } from '@/lib/audit/errors'
import { experimentSpecSchema, SCALES } from '@/lib/experiments/experiment-spec'
import { nextRuns } from '@/lib/experiments/search/search-runs'
import type { SearchSpec } from '@/lib/experiments/search/search-spec'
import { growExperiment, idleSearches, searchOfRun, type GrowingLaunch } from '@/lib/store/grow-experiment'
import type { JobBackend } from './backend'

/** Launches known to be finished, so that housekeeping need not look at them again and again. */
const finished = new Set<string>()

/** The search that a stored launch carries out; null where it is none. */
function searchOf({ id, spec, scale }: GrowingLaunch): SearchSpec | null {
  const name = SCALES.find((one) => one === scale)
  const parsed = experimentSpecSchema.safeParse(spec)
  if (name && parsed.success) return parsed.data.scales[name].search ?? null
  throw new AuditweaveError('bad-experiment', `Launch ${id} does not say how it goes on; another version may have made it. Launch it anew.`)
}

/** Queues what follows from the runs of a search; any number of workers may ask for it. Returns how many runs were added. */
export async function growSearch(id: string, backend: Pick<JobBackend, 'send'>): Promise<number> {
  const added = await growExperiment(id, (launch) => {
    const search = searchOf(launch)
    const step = search ? nextRuns(search, launch.runs) : { add: [], spent: [], finished: true }
    if (step.finished) finished.add(id)
    return step
  })
  for (const run of added) await backend.send('run', { id: run })
  return added.length
}

/** After a run has ended: its search goes on, if it belongs to one. */
export async function growSearchOf(runId: string, backend: Pick<JobBackend, 'send'>): Promise<void> {
  const id = await searchOfRun(runId)
  if (id !== null) await growSearch(id, backend)
}

/** Searches that stand still because whoever ended their last run died before it could go on. */
export async function growIdleSearches(backend: Pick<JobBackend, 'send'>): Promise<void> {
  for (const id of await idleSearches()) if (!finished.has(id)) await growSearch(id, backend)
}
