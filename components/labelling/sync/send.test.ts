import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { answering } from '@/tools/answering'
import { sendAct, type Sent } from './send'

const UNDO = { id: 'act-1', sending: { kind: 'undo', batch: 'batch-1' } } as const

describe('an act on its way to the server', () => {
  const answered = async (listener: RequestListener): Promise<Sent> => sendAct(await answering(listener), UNDO, null)

  it('is done where the whole answer came', async () => {
    expect(await answered((_, response) => response.end('{"revision":3}'))).toEqual({ kind: 'done', answer: { revision: 3 } })
  })

  it('is to be sent again where the server ended before its answer, or in the middle of it', async () => {
    expect(await answered((_, response) => response.destroy())).toEqual({ kind: 'away' })
    expect(await answered((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"revision":', () => response.destroy())
    })).toEqual({ kind: 'away' })
  })

  it('meets others, waits for what may pass, and says why it never will', async () => {
    expect(await answered((_, response) => response.writeHead(409).end('{"conflicts":[{"auditID":"a","now":{"auditID":"a"}}]}'))).toEqual({ kind: 'conflict', theirs: [{ auditID: 'a' }] })
    for (const status of [401, 429, 500, 503]) expect(await answered((_, response) => response.writeHead(status).end())).toEqual({ kind: 'away' })
    expect(await answered((_, response) => response.writeHead(422).end('{"error":{"message":"No such label."}}'))).toEqual({ kind: 'rejected', message: 'No such label.' })
  })
})
