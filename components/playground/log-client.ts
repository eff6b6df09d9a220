import { WorkerClient } from '@/components/worker/worker-client'
import type { Calls, Progress } from './protocol'

export type LogClient = WorkerClient<Calls, Progress>

export function startLogWorker(): LogClient {
  return new WorkerClient<Calls, Progress>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'playground' }))
}
