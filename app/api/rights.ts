import { createHash } from 'node:crypto'
import { AuditweaveError } from '@/lib/audit/errors'

export const SESSION_COOKIE = 'auditweave_session'

/** The part of a request that decides whether it may be answered. */
export interface Caller {
  readonly method: string
  readonly header: (name: string) => string | null
  readonly cookie: (name: string) => string | undefined
}

/** What the session cookie holds: proof of the token, not the token. */
export function sessionValue(token: string): string {
  return createHash('sha256').update(`auditweave session ${token}`).digest('hex')
}

export function requiredToken(): string | null {
  return process.env.AUDITWEAVE_TOKEN || null
}

/**
 * A page of another site may point its own name at 127.0.0.1 and so read answers: without a token only names
 * of this machine are answered. With one, such a page lacks the cookie, so that any name will do.
 */
export function checkHost(caller: Caller): void {
  if (requiredToken()) return
  const host = hostName(caller.header('host') ?? '')
  const more = (process.env.AUDITWEAVE_ALLOWED_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase())
  if (isLoopback(host) || (host !== '' && more.includes(host))) return
  throw new AuditweaveError('host-not-allowed', `Auditweave does not answer for the host "${host.slice(0, 100)}". Use 127.0.0.1 or localhost, or name it in AUDITWEAVE_ALLOWED_HOSTS.`)
}

function hostName(host: string): string {
  const lower = host.trim().toLowerCase()
  if (lower.startsWith('[')) return lower.slice(0, lower.indexOf(']') + 1)
  return lower.split(':')[0] ?? ''
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/** Browsers say where a request comes from; another origin may neither change nor read anything. */
export function checkOrigin(caller: Caller): void {
  const site = caller.header('sec-fetch-site')
  const mutates = caller.method !== 'GET' && caller.method !== 'HEAD'
  const siteOk = site === null || site === 'same-origin' || (site === 'none' && !mutates)
  const origin = caller.header('origin')
  const originOk = origin === null || originHost(origin) === (caller.header('host') ?? '').toLowerCase()
  if (siteOk && originOk) return
  throw new AuditweaveError('cross-origin', 'This request comes from another site. Open Auditweave itself and repeat it there.')
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host.toLowerCase()
  } catch {
    return null
  }
}

/** The token in the request's header; null where it has none. */
export function bearerToken(caller: Caller): string | null {
  return /^Bearer (\S{1,512})$/.exec(caller.header('authorization') ?? '')?.[1] ?? null
}
