import { availableParallelism } from 'node:os'
import path from 'node:path'
import { anyRunSpecSchema } from '@/lib/experiments/any-run-spec'
import { executeRun } from '@/lib/experiments/execute-run'
import type { ExecuteDeps, RunData } from '@/lib/experiments/execute-types'
import { trialAxes } from '@/lib/experiments/search/trial-run'
import { version } from '@/lib/experiments/version.node.ts'
import { readNamedModel } from '@/lib/model/model-directory.node.ts'
import { readEnv } from '@/lib/store/env'
import { projectRoot } from '@/lib/store/home'
import type { Hold } from '@/lib/store/lease'
import { finishRun, startFromCheckpoint, writeCheckpoint, writeEpoch } from '@/lib/store/run-writes'
import { requireRun, type Run } from '@/lib/store/runs'
import type { ChildChannel } from './child-channel'
import { childMain } from './child-main'
import { encodedCache } from './encoded-cache'
import { loadLabelledLog } from './load-labelled-log'
import { loadSplit } from './load-split'
import { loadTrainingLines } from './load-training-lines'
import { patiently } from './patiently'
import { ProgressWriter } from './progress-writer'
import { endOf } from './should-end'

// A process of its own for each run: bin/child.mjs run-child RUN_ID ATTEMPT

async function carryOut(hold: Hold, channel: ChildChannel): Promise<void> {
  const run = await requireRun(hold.id)
  const spec = anyRunSpecSchema.parse(run.params)
  const checkpoint = await startFromCheckpoint(hold)
  const progress = new ProgressWriter('runs', hold)
  try {
    const outcome = await executeRun(spec, {
      ...surroundings(run),
      resume: checkpoint?.bytes ?? null,
      signal: channel.signal,
      onProgress: (now) => progress.report(now),
      onEpoch: (row) => patiently(() => writeEpoch(hold, row)),
      onCheckpoint: (epoch, bytes) => patiently(() => writeCheckpoint(hold, { epoch, bytes })),
      shouldEnd: await endOf(hold.id),
    })
    await progress.close()
    // Survivors of a search go on from here; the search forgets the others'.
    await patiently(() => finishRun(hold, outcome, run.experimentId !== null && trialAxes(run.axes) ? 'keep' : 'forget'))
  } finally {
    await progress.close()
  }
}

/** What a run finds on this machine and in its data set. */
function surroundings(run: Run): Pick<ExecuteDeps, 'threads' | 'version' | 'engine' | 'cache' | 'loadModel' | 'loadScored' | keyof RunData> {
  const { AUDITWEAVE_THREADS, AUDITWEAVE_ENGINE } = readEnv()
  return {
    threads: AUDITWEAVE_THREADS ?? availableParallelism(),
    version: version(),
    ...(AUDITWEAVE_ENGINE ? { engine: AUDITWEAVE_ENGINE } : {}),
    cache: encodedCache(),
    ...dataOf(run.datasetId),
    loadScored: (name) => Promise.resolve(dataOf(name)),
    loadModel: (name) => readNamedModel([path.join(projectRoot(), 'models')], name),
  }
}

/** A stored data set, by name or id. */
function dataOf(dataset: string): RunData {
  return { loadLines: (limit) => loadTrainingLines(dataset, limit), loadLog: () => loadLabelledLog(dataset), loadSplit: (split) => loadSplit(dataset, split) }
}

await childMain('runs', carryOut)
