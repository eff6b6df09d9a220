import { AuditweaveError } from '@/lib/audit/errors'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { streamSource } from '@/lib/audit/source'
import { foldAlerts } from '@/lib/alerts/fold'
import { ALERT_LIMITS } from '@/lib/alerts/limits'
import { LINE_PATHS } from '@/lib/alerts/log-lines'
import { readAlerts } from '@/lib/alerts/read-alerts'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { readLines } from '../../../../use-cases/case-log'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** Contexts and commands that are answered; their numbers are told whole. */
const MOST_CONTEXTS = 500

/** Folds a file of another tool's alerts into the contexts of a reconstruction; reads alone, keeps nothing. */
export const POST = handle({ params: idParams, role: 'annotator' }, async ({ params, request }) => {
  const reconstruction = await requireReconstruction(params.id)
  if (reconstruction.state !== 'done') throw new AuditweaveError('wrong-state', `The reconstruction is ${reconstruction.state}: fold alerts when it is done.`)
  if (!request.body) throw new AuditweaveError('bad-request', 'The request holds no file.')
  const read = await readAlerts(bounded(streamSource(request.body)), (source) => bounded(gunzipNative(source)))
  const folded = foldAlerts(read.alerts, await readLines(reconstruction, LINE_PATHS))
  const { skipped, firstSkipped, beyond } = read
  return { ...folded, contextsInAll: folded.contexts.length, commandsInAll: folded.commands.length, commands: folded.commands.slice(0, MOST_CONTEXTS), contexts: folded.contexts.slice(0, MOST_CONTEXTS), skipped, firstSkipped, beyond }
})

/** As sent and as unpacked alike: a small file may unpack to a large one. */
async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.byteLength
    if (bytes > ALERT_LIMITS.file) throw new AuditweaveError('body-too-large', `The file is larger than the ${ALERT_LIMITS.file >> 20} MiB that are taken here. Fold it with "npx auditweave alerts".`)
    yield chunk
  }
}
