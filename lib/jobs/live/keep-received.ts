import { AuditweaveError } from '@/lib/audit/errors'
import { KeptLines } from '@/lib/receive/kept-lines.node.ts'
import { deleteUpload, saveUpload } from '@/lib/store/uploads'
import { launchImport } from '../queue'
import { liveFolder } from './live-files'

const BATCH = { lines: 5000, bytes: 16 << 20 }

/** Queues the import of everything received so far; returns the data set's id. @throws AuditweaveError 'nothing-received', 'name-taken', 'bad-name', 'disk-full' */
export async function keepReceived(name: string): Promise<string> {
  const lines = new KeptLines(liveFolder())
  const [first] = await lines.segments()
  if (first === undefined || (await lines.behind({ segment: first, line: 0 })) === 0) throw new AuditweaveError('nothing-received', 'Nothing has been received yet, so there is nothing to keep. Start with --receive-port and point a cluster, or "npx auditweave replay", at it.')
  const upload = await saveUpload(received(lines, first), { name: 'received.jsonl' })
  try {
    return await launchImport({ name, uploadId: upload.id, uploadName: upload.name })
  } catch (error) {
    await deleteUpload(upload.id)
    throw error
  }
}

async function* received(lines: KeptLines, first: number): AsyncGenerator<Uint8Array> {
  let from = { segment: first, line: 0 }
  for (;;) {
    const { lines: read, next } = await lines.read(from, BATCH)
    if (read.length === 0 && next.segment === from.segment) return
    if (read.length > 0) yield Buffer.from(`${read.map(({ text }) => text).join('\n')}\n`)
    from = next
  }
}
