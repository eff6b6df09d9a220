import { cloneRun, restartRun, resumeRun, stopRun } from '@/lib/jobs/queue'
import { deleteRuns, setRunPinned } from '@/lib/store/runs'
import { idParams, runActionBody, type RUN_ACTIONS } from '../../../contracts'
import { handle } from '../../../handle'

type Action = (typeof RUN_ACTIONS)[number]

export const POST = handle({ params: idParams, body: runActionBody }, async ({ params, body }) => {
  const id = await act(params.id, body.action, body.seed)
  return { id }
})

/** Carries one action out and names the run to look at next. */
async function act(id: string, action: Action, seed: number | undefined): Promise<string> {
  switch (action) {
    case 'stop': await stopRun(id); return id
    case 'resume': await resumeRun(id); return id
    case 'retry': await restartRun(id); return id
    case 'clone': return cloneRun(id, seed === undefined ? {} : { seed })
    case 'delete': await deleteRuns([id]); return id
    case 'pin': await setRunPinned(id, true); return id
    case 'unpin': await setRunPinned(id, false); return id
  }
}
