import { availableParallelism } from 'node:os'
import { executeRun } from '@/lib/experiments/execute-run'
import { runSpecSchema } from '@/lib/experiments/run-spec'
import { trialAxes } from '@/lib/experiments/search/trial-run'
import { version } from '@/lib/experiments/version.node.ts'
import { readEnv } from '@/lib/store/env'
import type { Hold } from '@/lib/store/lease'
import { finishRun, startFromCheckpoint, writeCheckpoint, writeEpoch } from '@/lib/store/run-writes'
import { requireRun } from '@/lib/store/runs'
import type { ChildChannel } from './child-channel'
import { childMain } from './child-main'
import { loadLabelledLog } from './load-labelled-log'
import { loadTrainingLines } from './load-training-lines'
import { patiently } from './patiently'
import { ProgressWriter } from './progress-writer'

// A process of its own for each run: node … lib/jobs/run-child.ts RUN_ID ATTEMPT

async function carryOut(hold: Hold, channel: ChildChannel): Promise<void> {
  const run = await requireRun(hold.id)
  const spec = runSpecSchema.parse(run.params)
  const checkpoint = await startFromCheckpoint(hold)
  const progress = new ProgressWriter('runs', hold)
  try {
    const { AUDITWEAVE_THREADS, AUDITWEAVE_ENGINE = 'auto' } = readEnv()
    const outcome = await executeRun({ ...spec, engine: spec.engine ?? AUDITWEAVE_ENGINE }, {
      threads: AUDITWEAVE_THREADS ?? availableParallelism(),
      version: version(),
      loadLines: () => loadTrainingLines(run.datasetId, spec.lines),
      loadLog: () => loadLabelledLog(run.datasetId),
      resume: checkpoint?.bytes ?? null,
      signal: channel.signal,
      onProgress: (now) => progress.report(now),
      onEpoch: (row) => patiently(() => writeEpoch(hold, row)),
      onCheckpoint: (epoch, bytes) => patiently(() => writeCheckpoint(hold, { epoch, bytes })),
    })
    await progress.close()
    // Survivors of a search go on from here; the search forgets the others'.
    await patiently(() => finishRun(hold, outcome, run.experimentId !== null && trialAxes(run.axes) ? 'keep' : 'forget'))
  } finally {
    await progress.close()
  }
}

await childMain('runs', carryOut)
