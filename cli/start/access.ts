import { randomBytes } from 'node:crypto'
import { readEnv } from '@/lib/store/env'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/** The token that requests must bring: AUDITWEAVE_TOKEN; made up when other machines can reach the server; else none. */
export function accessToken(host: string): { token: string | null; generated: boolean } {
  const given = readEnv().AUDITWEAVE_TOKEN
  if (given !== undefined) return { token: given, generated: false }
  return isLoopback(host) ? { token: null, generated: false } : { token: randomBytes(24).toString('base64url'), generated: true }
}

/** The address a person opens; a server on all interfaces is opened at this machine's loopback. */
export function addressFor(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`
}
