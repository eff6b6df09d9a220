import { AuditweaveError } from '@/lib/audit/errors'
import { isFree } from '@/lib/store/cluster/free-port'

const FIRST = 3000
const LAST = 3099

/**
 * The port to listen on: the one asked for, which must be free, else the first free one from 3000.
 * @throws AuditweaveError 'bad-port', 'port-taken', 'no-free-port'
 */
export async function choosePort(host: string, asked: number | undefined, range: { first: number; last: number } = { first: FIRST, last: LAST }): Promise<number> {
  if (asked !== undefined) return askedPort(host, asked)
  for (let port = range.first; port <= range.last; port++) if (await isFree(port, host)) return port
  throw new AuditweaveError('no-free-port', `No free port on ${host}: ${range.first} to ${range.last} are all taken. Stop what listens there, or name another with --port.`)
}

async function askedPort(host: string, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new AuditweaveError('bad-port', `${port} is no port: give a whole number from 1 to 65535.`)
  if (await isFree(port, host)) return port
  throw new AuditweaveError('port-taken', `Port ${port} on ${host} is taken. Stop what listens there, name another with --port, or leave it out to get a free one.`)
}
