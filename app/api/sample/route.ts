import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { handle } from '../handle'

const query = z.strictObject({ log: z.enum(['sample', 'incidents-a']).default('sample'), part: z.enum(['audit', 'truth']).default('audit') })

/** A small log that ships, or its truth, packed as it lies there: what the playground shows and trains on. */
export const GET = handle({ query }, async ({ query: { log, part } }) => {
  const bytes = await readFile(join(process.cwd(), 'datasets', log, `${part}.jsonl.gz`))
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, max-age=3600' } })
})
