import { z } from 'zod'
import { readKey } from '@/lib/labelling/dataset/pseudonyms/hmac.node.ts'
import { closeDatabase } from '@/lib/store/database'
import { abandonImport } from '@/lib/store/import-state'
import { mergeDatasets, pseudonymiseDataset, sliceDataset } from '@/lib/store/dataset-versions/operations'
import { openChildChannel } from './child-channel'
import { derivationSchema, KEY_VARIABLE, type DerivationPlan } from './derivations'

// A process of its own for each data set that is made of others: node … derive-child PAYLOAD

async function carryOut(id: string, plan: DerivationPlan, signal: AbortSignal): Promise<void> {
  const options = { name: plan.name, actor: plan.actor, datasetId: id, signal }
  switch (plan.kind) {
    case 'slice': return void (await sliceDataset(plan.reference, plan.spec, options))
    case 'merge': return void (await mergeDatasets(plan.references, plan.mode, options))
    case 'pseudonymise': return void (await pseudonymiseDataset(plan.reference, await readKey({ variable: KEY_VARIABLE }), options))
  }
}

const { id, plan } = z.strictObject({ id: z.string(), plan: derivationSchema }).parse(JSON.parse(process.argv[2] ?? 'null'))
try {
  await carryOut(id, plan, openChildChannel().signal)
} catch (error) {
  console.error(error)
  // What failed before the import began has not told the row yet; a second time changes nothing.
  await abandonImport({ id, prepared: true }, error)
  process.exitCode = 1
}
await closeDatabase().catch(() => {})
process.exit()
