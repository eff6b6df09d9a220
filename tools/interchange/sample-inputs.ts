import { fileURLToPath } from 'node:url'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import type { AuditEvent } from '@/lib/audit/event'
import { featureRow } from '@/lib/features/feature-row'
import { encodeInputs } from '@/lib/model/dataset'
import type { CodeCounts } from '@/lib/model/interchange/testing/every-layer'
import { isModelLine } from '@/lib/model/line-target'
import { LinkedLines } from '@/lib/model/linked/linked-lines'
import { codeSizes, encodeColumns, fitVocabulary, type LinkedFeature } from '@/lib/model/linked/linked-vocabulary'
import type { AnyManifest } from '@/lib/model/model-file'

/** Lines of a log as a network takes them, [lines * features], and how many codes each feature has. */
export interface Inputs { readonly real: Float32Array; readonly counts: CodeCounts }

const SAMPLE = fileURLToPath(new URL('../../datasets/sample/audit.jsonl.gz', import.meta.url))

async function sampleEvents(): Promise<readonly AuditEvent[]> {
  return (await collectEvents(openSource(SAMPLE))).events
}

/** Lines of the capture that ships as a sample, encoded for a model. */
export async function sampleInputs(manifest: AnyManifest): Promise<Inputs> {
  if (manifest.family === 'linked') return linkedInputs(manifest.features)
  const rows = (await sampleEvents()).filter(isModelLine).map((event) => featureRow(event))
  const real = encodeInputs(rows, manifest.features.map(({ name, vocabulary }) => ({ name, vocabulary: { values: vocabulary } })))
  return { real, counts: codeSizes(manifest.features.map(({ vocabulary }) => vocabulary)) }
}

/** The same for the linked network; `features` null takes all values that the sample has. */
export async function linkedInputs(features: readonly LinkedFeature[] | null): Promise<Inputs> {
  const lines = new LinkedLines()
  lines.add(await sampleEvents())
  const { columns } = lines.table()
  const vocabularies = features ? features.map(({ vocabulary }) => vocabulary) : fitVocabulary([{ columns, fitted: () => true }], 1)
  const named = features ?? columns.names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] }))
  return { real: Float32Array.from(encodeColumns(columns, named)), counts: codeSizes(vocabularies) }
}
