import path from 'node:path'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import type { AuditSource } from '@/lib/audit/read'
import { closeDatabase } from '@/lib/store/database'
import { importDataset, type ImportOptions } from '@/lib/store/import-dataset'
import { deleteUpload, openUpload } from '@/lib/store/uploads'
import { openChildChannel } from './child-channel'
import { parsePayload, type Payload } from './contracts'
import { shippedFiles } from './shipped'

// A process of its own for each import: bin/child.mjs import-child PAYLOAD

type Files = { source: AuditSource } & Pick<ImportOptions, 'truth' | 'truthName' | 'totalBytes'>

async function files(from: Payload<'import'>['from']): Promise<Files> {
  if (from.kind === 'shipped') {
    const { log, truth } = await shippedFiles(from.folder)
    const rest = truth === null ? {} : { truth: openSource(truth), truthName: path.basename(truth) }
    return { source: openSource(log), totalBytes: await sourceSize(log), ...rest }
  }
  const { source, bytes } = await openUpload(from.uploadId)
  const rest = from.truthUploadId === null ? {} : { truth: (await openUpload(from.truthUploadId)).source, truthName: from.truthName ?? 'the truth file' }
  return { source: { unpack: gunzipNative, [Symbol.asyncIterator]: () => source[Symbol.asyncIterator]() }, totalBytes: bytes, ...rest }
}

async function carryOut(payload: Payload<'import'>): Promise<void> {
  const { signal } = openChildChannel()
  const { id, name, sourceName, from, keepSecrets } = payload
  try {
    const { source, ...rest } = await files(from)
    await importDataset(source, { name, sourceName, datasetId: id, keepSecrets, signal, ...rest })
  } catch (error) {
    // The row says what went wrong; this is for the worker's output.
    console.error(error)
    process.exitCode = 1
  } finally {
    if (from.kind === 'upload') for (const upload of [from.uploadId, from.truthUploadId]) if (upload !== null) await deleteUpload(upload)
  }
}

await carryOut(parsePayload('import', JSON.parse(process.argv[2] ?? 'null')))
await closeDatabase().catch(() => {})
process.exit()
