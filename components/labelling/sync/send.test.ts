import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Pending } from '../state/model'
import { sendAct } from './send'

const PENDING = { id: 'act-1', sending: { kind: 'undo', batch: 'batch-1', changed: [] } } as unknown as Pending

describe('an act on its way to the server', () => {
  let server: Server | null = null
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })
  async function answered(listener: RequestListener) {
    server = createServer(listener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return sendAct(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, PENDING, null)
  }

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
