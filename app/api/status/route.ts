import { workersSeen } from '@/lib/jobs/queue'
import { runningCounts } from '@/lib/store/runs'
import { handle } from '../handle'

/** Whether the database answers and workers are there; an error page asks it what is wrong. */
export const GET = handle({}, async () => ({ runs: await runningCounts(), workers: await workersSeen() }))
