import { availableParallelism } from 'node:os'
import { AuditweaveError } from '@/lib/audit/errors'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { collectorFor } from '@/lib/model/explain/collect'
import { explainModel, neighboursOf } from '@/lib/model/explain/explain-model'
import { serialiseNeighbours } from '@/lib/model/explain/neighbours'
import { parseModel } from '@/lib/model/model-file'
import { closeDatabase } from '@/lib/store/database'
import { listDatasets } from '@/lib/store/datasets'
import { readEnv } from '@/lib/store/env'
import { failExplaining, finishExplaining, tellExplaining } from '@/lib/store/explanations'
import { modelWeights, requireModel, type ModelRow } from '@/lib/store/models'
import { getRun } from '@/lib/store/runs'
import { openChildChannel } from './child-channel'
import { parsePayload } from './contracts'
import { loadLabelledLog } from './load-labelled-log'

// A process of its own for each explanation: bin/child.mjs explain-child MODEL_ID

const TELL_MS = 2000

async function carryOut(id: string, signal: AbortSignal): Promise<void> {
  const row = await requireModel(id)
  await tellExplaining(id, 'reading the lines', 0)
  const log = await loadLabelledLog(await datasetOf(row))
  const model = parseModel(JSON.stringify(row.manifest), await modelWeights(id))
  const collector = collectorFor(model)
  const truth = await log.truth()
  for await (const batch of log.events()) for (const event of batch) collector.add(event, truth.get(event.auditID) ?? null)
  const { explainable } = collector.finish()
  const threads = readEnv().AUDITWEAVE_THREADS ?? availableParallelism()
  const engine = await loadWasmEngine({ threads })
  const told = teller(id)
  const explanation = await explainModel(model.manifest, explainable, engine, log.source, { wanted: ['tree', 'importance'], threads, signal, onProgress: told })
  const neighbours = await neighboursOf(model.manifest, explainable, engine, log.source, { threads, signal })
  await finishExplaining(id, explanation, serialiseNeighbours(neighbours))
}

/** The data set of the model's run, or one of the same content. */
async function datasetOf({ name, manifest, runId }: ModelRow): Promise<string> {
  const run = runId === null ? null : await getRun(runId)
  if (run) return run.datasetId
  const { sha256 } = manifest.data as { sha256?: string }
  const found = (await listDatasets()).find((dataset) => dataset.sha256 === sha256)
  if (found) return found.id
  throw new AuditweaveError('unknown-dataset', `The data set that ${name} was trained on is not here any more: import it again to find out what the model looks at.`)
}

/** Every other second at most; a write that fails is made up for by the next. */
function teller(id: string): (part: string, share: number) => void {
  let last = 0
  return (part, share) => {
    if (Date.now() - last < TELL_MS) return
    last = Date.now()
    void tellExplaining(id, part === 'tree' ? 'growing the tree' : 'shuffling features', share).catch(() => {})
  }
}

const { id } = parsePayload('explain', { id: process.argv[2] })
try {
  await carryOut(id, openChildChannel().signal)
} catch (error) {
  console.error(error)
  process.exitCode = 1
  await failExplaining(id, error instanceof AuditweaveError ? error.message : 'It failed for a reason that the worker\'s output has. Try again.').catch(() => {})
}
await closeDatabase().catch(() => {})
process.exit()
