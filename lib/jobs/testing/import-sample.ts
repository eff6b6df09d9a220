import { createReadStream } from 'node:fs'
import path from 'node:path'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { importDataset } from '@/lib/store/import-dataset'

/** Imports the sample that ships, with its truth, as "tiny"; returns its id. */
export async function importSample(): Promise<string> {
  const folder = path.join(process.cwd(), 'datasets', 'sample')
  const log = { unpack: gunzipNative, [Symbol.asyncIterator]: () => createReadStream(path.join(folder, 'audit.jsonl.gz'))[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> }
  return (await importDataset(log, { name: 'tiny', truth: createReadStream(path.join(folder, 'truth.jsonl.gz')) })).dataset.id
}
