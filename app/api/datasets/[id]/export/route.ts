import { exportLabelled, FORMAT_ABOUT } from '@/lib/export/labelled/formats'
import { labelledEvents } from '@/lib/store/dataset-versions/labelled-events'
import { requireVersion } from '@/lib/store/dataset-versions/versions'
import { requireDataset } from '@/lib/store/datasets'
import { AuditweaveError } from '@/lib/audit/errors'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { attachment } from '../attachment'
import { exportQuery } from '../dataset-contracts'

/** The data set as a file; JSON lines come as gzip, which everything of ours reads as it is. Memory does not grow with the log, but for Parquet. */
export const GET = handle({ params: idParams, query: exportQuery, role: 'reviewer' }, async ({ params, query }) => {
  const dataset = await requireDataset(params.id)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Export it when it is imported.`)
  const number = query.version === undefined ? null : (await requireVersion(dataset, query.version)).number
  const { extension, mediaType } = FORMAT_ABOUT[query.format]
  const packed = extension.endsWith('.jsonl')
  const name = `${dataset.name}${number === null ? '' : `-v${number}`}.${extension}${packed ? '.gz' : ''}`
  const bytes = streamOf(exportLabelled(query.format, await labelledEvents({ datasetId: dataset.id, name: dataset.name, number })))
  return new Response(packed ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes, { headers: attachment(name, packed ? 'application/gzip' : mediaType) })
})

const PIECE_CHARACTERS = 1 << 16

function streamOf(pieces: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      let text = ''
      while (text.length < PIECE_CHARACTERS) {
        const next = await iterator.next()
        if (next.done) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          return controller.close()
        }
        if (typeof next.value !== 'string') return controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
        text += next.value
      }
      controller.enqueue(encoder.encode(text))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
