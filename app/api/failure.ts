import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isAuditweaveError } from '@/lib/audit/errors'

const STATUS: Readonly<Record<string, number>> = {
  'host-not-allowed': 421,
  'cross-origin': 403,
  'token-required': 401,
  'role-required': 403,
  'not-assigned': 403,
  'body-too-large': 413,
  'database-down': 503,
  'dataset-in-use': 409,
}

/** The HTTP status of an error code, by its family where it has no own. */
export function statusOf(code: string): number {
  const own = STATUS[code]
  if (own !== undefined) return own
  if (code.startsWith('unknown-')) return 404
  if (code === 'wrong-state' || /-(taken|in-use)$/.test(code) || code.startsWith('stale-')) return 409
  if (code.startsWith('bad-') || code.startsWith('wrong-') || code.startsWith('not-')) return 400
  return 422
}

/** Any failure as `{error: {code, message}}`; what is not meant for readers is only logged, under a number to find it by. */
export function failure(error: unknown): Response {
  if (error instanceof z.ZodError) return answer(400, 'bad-request', describe(error))
  if (isAuditweaveError(error)) return answer(statusOf(error.code), error.code, error.message)
  const number = randomUUID().slice(0, 8)
  console.error(`request failed (${number})`, error)
  return answer(500, 'internal', `Auditweave failed on this request. The server's log has the reason under ${number}.`)
}

function answer(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status, headers: { 'cache-control': 'no-store' } })
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'The request is not as expected.'
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  return `The request is not as expected. ${place}${issue.message}.`
}
