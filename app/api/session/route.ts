import { cookies } from 'next/headers'
import { AuditweaveError } from '@/lib/audit/errors'
import { sameSecret } from '@/lib/receive/same-secret.node.ts'
import { findByProof, sessionProof } from '@/lib/store/labelling/annotators'
import { sessionBody } from '../contracts'
import { handle } from '../handle'
import { requiredToken, SESSION_COOKIE, sessionValue } from '../rights'

/** Trades the token, or an annotator's own, for a cookie that scripts cannot read. */
export const POST = handle({ body: sessionBody, open: true }, async ({ body, request }) => {
  const token = requiredToken()
  if (!token) return { ok: true }
  const value = sameSecret(body.token, token) ? sessionValue(token) : await annotatorSession(body.token)
  const jar = await cookies()
  jar.set(SESSION_COOKIE, value, { httpOnly: true, sameSite: 'strict', path: '/', secure: new URL(request.url).protocol === 'https:', maxAge: 30 * 86_400 })
  return { ok: true }
})

async function annotatorSession(token: string): Promise<string> {
  const proof = sessionProof(token)
  if (proof !== undefined && (await findByProof(proof)) !== null) return proof
  throw new AuditweaveError('token-required', 'This is not the token. It is printed by "auditweave start" and set as AUDITWEAVE_TOKEN.')
}

export const DELETE = handle({ open: true }, async () => {
  const jar = await cookies()
  jar.delete(SESSION_COOKIE)
  return { ok: true }
})
