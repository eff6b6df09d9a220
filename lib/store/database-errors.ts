import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'

const DOWN = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', '57P01', '57P02', '57P03', '08006', '08001', '08003', 'P1001', 'P1002', 'P1017'])
const REFUSED = new Set(['28P01', '28000', 'P1000', 'P1010'])
const MISSING = new Set(['3D000', 'P1003'])

/** Turns what pg or Prisma throw when the database cannot be used into one message that says what to do; other errors pass unchanged. */
export function describeFailure(error: unknown): unknown {
  if (isAuditweaveError(error)) return error
  const codes = codesOf(error)
  const cause = error instanceof Error ? error : undefined
  if (codes.some((code) => REFUSED.has(code))) return new AuditweaveError('database-refused', `The database at ${where()} refused the user or password. Correct DATABASE_URL.`, { cause })
  if (codes.some((code) => MISSING.has(code))) return new AuditweaveError('database-missing', `There is no such database at ${where()}. Create it, or correct DATABASE_URL.`, { cause })
  if (codes.includes('53100')) return new AuditweaveError('disk-full', `The disk of the database at ${where()} is full; the last change was not kept. Free some space and try again.`, { cause })
  if (codes.some((code) => DOWN.has(code)) || /connection terminated|timeout expired|timeout exceeded when trying to connect|Can't reach database/i.test(cause?.message ?? ''))
    return new AuditweaveError('database-down', `The database at ${where()} does not answer. Start it (npm start runs the embedded one), or correct DATABASE_URL; what was saved is kept.`, { cause })
  return error
}

/** Codes of the error, its cause and its parts; drivers nest them in different ways. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const parts = error as { code?: unknown; originalCode?: unknown; cause?: unknown; errors?: unknown; kind?: unknown }
  const own = [parts.code, parts.originalCode].filter((code) => typeof code === 'string')
  const nested = Array.isArray(parts.errors) ? parts.errors : []
  return [...own, ...[parts.cause, ...nested].flatMap((inner) => codesOf(inner, depth + 1))]
}

/** Host and port without user or password. */
function where(): string {
  try {
    const url = new URL(process.env.AUDITWEAVE_DATABASE_URL ?? process.env.DATABASE_URL ?? '')
    return `${url.hostname}:${url.port || 5432}`
  } catch {
    return 'the given address'
  }
}
