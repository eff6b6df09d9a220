import { openLabelledFile } from '@/cli/labelled-file'
import { formatTable } from '@/cli/output'
import { loadCorpus, runLinkedOn, type LoadedCorpus } from '@/lib/experiments/linked-training'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { holdoutsOf, type NamedHoldout } from '@/lib/model/linked/holdouts'
import type { LinkedRunResult } from '@/lib/model/linked/linked-run'
import { availableParallelism } from 'node:os'

// Trains `linked` without a user, a namespace or the last third of a log, and scores it on what it has not seen. No timing: figures.
const LOG = process.env['GENERALISATION_LOG'] ?? 'datasets/lab-a/audit.jsonl.gz'
const MOST_USERS = 5
const MOST_NAMESPACES = 3
const THIRD = { test: 1 / 3, validation: 0.1 }
const HEAD = ['held out', 'contexts of 2+', 'lines', 'labels right', 'macro F1', 'Metadata: right', 'macro F1', 'links alone', 'Metadata']

const share = (value: number): string => value.toFixed(4)

function row(name: string, contexts: string, { forms }: LinkedRunResult): string[] {
  const [logged, metadata] = [forms.find(({ form }) => form === 'logged')?.scores, forms.find(({ form }) => form === 'metadata')?.scores]
  if (!logged || !metadata) return [name]
  return [name, contexts, String(logged.contextLines), ...[logged.contextAccuracy, logged.macroF1, metadata.contextAccuracy, metadata.macroF1, logged.linksAccuracy, metadata.linksAccuracy].map(share)]
}

async function leaveOut(loaded: LoadedCorpus, holdout: NamedHoldout, index: number): Promise<string[]> {
  const engine = await loadWasmEngine({ threads: availableParallelism() })
  const result = await runLinkedOn(loaded, { protocol: 'blocked', seed: 1 }, engine, { threads: availableParallelism() }, holdout.holds)
  return row(`${holdout.kind} ${index + 1}`, String(holdout.contexts), result)
}

async function main(): Promise<void> {
  const loaded = await loadCorpus(await openLabelledFile(LOG))
  const [logged] = loaded.corpus.tables()
  if (!logged) return
  const rows: string[][] = []
  const engine = await loadWasmEngine({ threads: availableParallelism() })
  rows.push(row('the last third', '', await runLinkedOn(loaded, { protocol: 'blocked', seed: 1, split: THIRD }, engine, { threads: availableParallelism() })))
  for (const [kind, most] of [['user', MOST_USERS], ['namespace', MOST_NAMESPACES]] as const) {
    for (const [index, holdout] of holdoutsOf(logged.table, loaded.truth, kind, most).entries()) {
      rows.push(await leaveOut(loaded, holdout, index))
      process.stderr.write(`${rows.at(-1)?.join('  ')}\n`)
    }
  }
  process.stdout.write(`${LOG}, seed 1, the network alone on lines of contexts\n${formatTable([HEAD, ...rows])}\n`)
}

await main()
