import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { isFree } from '@/lib/store/cluster/free-port'
import { homeSubfolder } from '@/lib/store/home'
import { protection } from './receive'

/** The application's own receiver, as it was asked for. */
export interface ReceiverAsked {
  readonly host: string
  readonly port: number
  readonly tokenFile?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
}

const PATIENCE_MS = 5000

/** Refuses at once what would fail again and again. @throws AuditweaveError 'wrong-use', 'bad-token', 'port-taken' */
export async function checkReceiver(asked: ReceiverAsked): Promise<void> {
  await protection(asked)
  // The receiver of an application that was killed a moment ago may still be ending.
  for (const until = Date.now() + PATIENCE_MS; !(await isFree(asked.port, asked.host)); await sleep(200)) {
    if (Date.now() > until) throw new AuditweaveError('port-taken', `Port ${asked.port} on ${asked.host} is taken. Stop what listens there, or name another with --receive-port.`)
  }
}

/** Arguments of node for a receiver that keeps its events in the data folder. */
export function receiverCommand(root: string, { host, port, tokenFile, tlsCert, tlsKey }: ReceiverAsked): string[] {
  const given = { host, port: String(port), folder: homeSubfolder('live'), 'token-file': tokenFile, 'tls-cert': tlsCert, 'tls-key': tlsKey }
  return [path.join(root, 'bin', 'auditweave.mjs'), 'receive', ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, name.endsWith('-file') || name.startsWith('tls-') ? path.resolve(value) : value]))]
}

export function receiverAddress({ host, port, tlsCert }: ReceiverAsked): string {
  return `${tlsCert === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}/audit`
}
