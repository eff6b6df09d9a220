import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { AuditweaveError } from '@/lib/audit/errors'
import { Inbox } from '@/lib/receive/inbox.node.ts'
import { Receiver } from '@/lib/receive/receiver.node.ts'
import { readEnv } from '@/lib/store/env'
import { homeSubfolder } from '@/lib/store/home'
import { cannotWrite, say } from '../output'
import { isLoopback } from './access'
import { tellPulse } from './tell-pulse'
import { Shutdown } from './shutdown'

export interface ReceiveOptions {
  readonly host: string
  readonly port: number
  readonly folder?: string
  readonly tokenFile?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
  readonly keepSecrets?: boolean
  readonly maxBody: number
}

const REPORT_MS = 60_000
const TOKEN = /^[\x21-\x7e]{16,4096}$/

/** The certificate and the token that an inbox is guarded by. @throws AuditweaveError 'wrong-use' where anybody could send events, 'bad-token', 'cannot-read' */
export async function protection(options: Pick<ReceiveOptions, 'host' | 'tokenFile' | 'tlsCert' | 'tlsKey' | 'clientCa'>): Promise<{ tls: Awaited<ReturnType<typeof tlsOf>>; token: string | null }> {
  const tls = await tlsOf(options)
  const token = await tokenOf(options)
  if (token === null && !isLoopback(options.host) && !tls?.ca) {
    throw new AuditweaveError('wrong-use', `On ${options.host} anybody could send events: set AUDITWEAVE_RECEIVE_TOKEN, --token-file or --client-ca, or listen on 127.0.0.1.`)
  }
  return { tls, token }
}

/** Receives until SIGINT or SIGTERM; what is under way is kept and answered first. */
export async function receive(options: ReceiveOptions): Promise<void> {
  const shutdown = new Shutdown()
  // Whoever reads the messages may go; events still come.
  process.stderr.on('error', () => {})
  const { tls, token } = await protection(options)
  const folder = options.folder ?? homeSubfolder('live')
  const inbox = await Inbox.open(folder).catch((error: unknown) => { throw cannotWrite(folder, error) })
  shutdown.add(() => inbox.close())
  try {
    const receiver = new Receiver({ inbox, token, maxBytes: options.maxBody, ...(tls ? { tls } : {}), ...(options.keepSecrets ? { keepSecrets: true } : {}), onRefused: (status, reason) => say(`Refused with ${status}: ${reason}`) })
    const address = await listen(receiver, options)
    const telling = tellPulse(folder, () => ({ at: Date.now(), listening: { address, tls: tls !== null, token: token !== null }, pulse: { ...receiver.pulse(), gaps: [...receiver.pulse().gaps] } }))
    shutdown.add(telling)
    shutdown.add(async () => {
      const closed = once(receiver.server, 'close')
      receiver.server.close()
      receiver.server.closeIdleConnections()
      await closed
    })
    const { segments, events, cutBytes } = inbox.recovered
    say(`Keeping events in ${folder}: ${segments} file${segments === 1 ? '' : 's'}, the last ${events} events are remembered${cutBytes > 0 ? `, ${cutBytes} bytes of a batch that was never acknowledged were cut off` : ''}.`)
    const timer = setInterval(() => say(pulseLine(receiver)), REPORT_MS)
    await shutdown.requested
    clearInterval(timer)
    say(pulseLine(receiver))
  } finally {
    await shutdown.now()
  }
}

/** Returns the address that batches are sent to. */
async function listen(receiver: Receiver, { host, port, tlsCert }: ReceiveOptions): Promise<string> {
  receiver.server.listen(port, host)
  try {
    await once(receiver.server, 'listening')
  } catch (error) {
    throw new AuditweaveError('cannot-listen', `Port ${port} of ${host} cannot be taken: ${error instanceof Error ? error.message : String(error)}. Choose another with --port.`, { cause: error })
  }
  const taken = receiver.server.address()
  const address = `${tlsCert ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${typeof taken === 'object' && taken ? taken.port : port}/audit`
  say(`Receiving on ${address}`)
  return address
}

async function tlsOf({ tlsCert, tlsKey, clientCa }: Pick<ReceiveOptions, 'tlsCert' | 'tlsKey' | 'clientCa'>): Promise<{ cert: Buffer; key: Buffer; ca?: Buffer } | null> {
  if (!tlsCert && !tlsKey && !clientCa) return null
  if (!tlsCert || !tlsKey) throw new AuditweaveError('wrong-use', 'HTTPS needs both --tls-cert and --tls-key.')
  const [cert, key] = [await fileOf(tlsCert), await fileOf(tlsKey)]
  return { cert, key, ...(clientCa ? { ca: await fileOf(clientCa) } : {}) }
}

/** The token in a file, or of the environment. @throws AuditweaveError 'bad-token', 'cannot-read' */
export async function tokenOf({ tokenFile }: Pick<ReceiveOptions, 'tokenFile'>): Promise<string | null> {
  if (!tokenFile) return readEnv().AUDITWEAVE_RECEIVE_TOKEN ?? null
  const token = (await fileOf(tokenFile)).toString('utf8').trim()
  if (!TOKEN.test(token)) throw new AuditweaveError('bad-token', `${tokenFile} holds no token: it must be one line of 16 printable characters or more without spaces.`)
  return token
}

async function fileOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new AuditweaveError('cannot-read', `${file} could not be read: ${error instanceof Error ? error.message : String(error)}.`, { cause: error })
  })
}

function pulseLine(receiver: Receiver): string {
  const { events, batches, duplicates, conflicting, refused, rate, worstLagSeconds, gaps } = receiver.pulse()
  const last = gaps.at(-1)
  const parts = [`${events} events in ${batches} batches`, `${rate.toFixed(1)}/s in the last minute`, `${duplicates} sent again`]
  if (conflicting > 0) parts.push(`${conflicting} under an audit ID that an earlier, different event bears`)
  if (refused > 0) parts.push(`${refused} requests refused`)
  if (worstLagSeconds !== null) parts.push(`at most ${worstLagSeconds.toFixed(1)} s late`)
  if (last) parts.push(`${gaps.length} silence${gaps.length === 1 ? '' : 's'}, the last from ${new Date(last.from).toISOString()} to ${new Date(last.to).toISOString()}`)
  return parts.join(', ')
}
