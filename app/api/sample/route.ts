import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { handle } from '../handle'

/** The playground's sample: a small log that ships, packed as it lies there. */
export const GET = handle({}, async () => {
  const bytes = await readFile(join(process.cwd(), 'datasets', 'sample', 'audit.jsonl.gz'))
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, max-age=3600' } })
})
