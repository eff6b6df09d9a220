import { asker } from '@/lib/jobs/asking/asker'
import type { Said } from '@/lib/jobs/asking/messages'
import { requireDataset } from '@/lib/store/datasets'
import { attachment } from '../../datasets/[id]/attachment'
import { handle } from '../../handle'
import { exportQuery } from '../contracts'
import { bytesOf } from '../stream'

const MEDIA = { csv: ['csv', 'text/csv; charset=utf-8'], jsonl: ['jsonl', 'application/x-ndjson; charset=utf-8'], parquet: ['parquet', 'application/vnd.apache.parquet'], compact: ['compact.jsonl', 'application/x-ndjson; charset=utf-8'] } as const

/** All answers of a query as a file. */
export const GET = handle({ query: exportQuery }, async ({ query, request }) => {
  const { name } = await requireDataset(query.dataset)
  const said = asker().ask({ kind: 'export', log: { datasetId: query.dataset, reconstructionId: query.reconstruction ?? null }, text: query.q, of: query.of, nowIs: query.now, format: query.format }, request.signal)
  // A fault is told before the file begins, or not at all.
  const first = await said.next()
  const [extension, mediaType] = MEDIA[query.format]
  return new Response(bytesOf(pieces(first, said)), { headers: attachment(`${name}-answers.${extension}`, mediaType) })
})

async function* pieces(first: IteratorResult<Said>, rest: AsyncGenerator<Said>): AsyncGenerator<string | Uint8Array> {
  if (!first.done && first.value.kind === 'piece') yield first.value.piece
  for await (const said of rest) if (said.kind === 'piece') yield said.piece
}
