import { request as plain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as secure, type RequestOptions } from 'node:https'
import { randomBytes } from 'node:crypto'
import { AuditweaveError } from '@/lib/audit/errors'

/** One HTTP exchange with an API server. */
export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string | null
  /** Opens a WebSocket and holds it this long, in seconds. */
  readonly hold: number | null
  readonly options: RequestOptions
  readonly signal: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const MOST_BYTES = 64 << 20
const TIMEOUT_MS = 60_000

/**
 * Sends a request and reads its whole answer; redirects are not followed.
 * @throws AuditweaveError 'no-answer' where there is none, or one that never ends
 */
export function exchange({ method, url, path, headers, body, hold, options, signal }: Exchange): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const upgrade = hold === null ? {} : { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'), 'sec-websocket-protocol': 'v4.channel.k8s.io' }
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const base = url.pathname.replace(/\/$/, '')
    const sent = (url.protocol === 'https:' ? secure : plain)({
      ...options, method, host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || (url.protocol === 'https:' ? 443 : 80), path: base + path, signal, timeout: TIMEOUT_MS,
      headers: { ...asHeaders(headers), ...length, ...upgrade },
    })
    const fail = (error: Error): void => reject(new AuditweaveError('no-answer', `${url.host} did not answer ${method} ${path.split('?')[0] ?? ''}: ${error.message}.`))
    sent.once('error', fail)
    sent.once('timeout', () => sent.destroy(new Error(`nothing came for ${TIMEOUT_MS / 1000} s`)))
    sent.once('response', (response) => readAnswer(response).then(resolve, fail))
    sent.once('upgrade', (response, socket) => {
      socket.on('error', () => {})
      const end = setTimeout(() => socket.destroy(), (hold ?? 0) * 1000)
      socket.once('close', () => { clearTimeout(end); resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' }) })
      signal.addEventListener('abort', () => socket.destroy(), { once: true })
      socket.resume()
    })
    sent.end(body ?? undefined)
  })
}

function asHeaders(headers: Exchange['headers']): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]))
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) {
      response.destroy()
      throw new Error(`its answer is longer than ${MOST_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }
}
