import { AuditweaveError } from '@/lib/audit/errors'
import type { Annotator, AnnotatorRole } from '@/lib/labelling/types'
import { sameSecret } from '@/lib/receive/same-secret.node.ts'
import { findByProof, sessionProof } from '@/lib/store/labelling/annotators'
import { bearerToken, requiredToken, SESSION_COOKIE, sessionValue, type Caller } from './rights'

/** Holds the name that the owner of this Auditweave labels under: id, `~`, the name encoded. */
export const NAME_COOKIE = 'auditweave_annotator'
/** Whom labels are by when nobody has given a name. */
export const OWNER: Annotator = { id: 'owner', name: 'owner', role: 'owner' }

const RANKS: Readonly<Record<AnnotatorRole, number>> = { annotator: 0, reviewer: 1, owner: 2 }

/**
 * Who asks. Without AUDITWEAVE_TOKEN, and with it in hand, that is an owner under the name picked; every other annotator shows a token of his own.
 * @throws AuditweaveError 'token-required'
 */
export async function whoIs(caller: Caller): Promise<Annotator> {
  const token = requiredToken()
  if (token === null || holds(caller, token)) return namedOwner(caller)
  const bearer = bearerToken(caller)
  const proof = bearer === null ? caller.cookie(SESSION_COOKIE) : sessionProof(bearer)
  const annotator = proof === undefined ? null : await findByProof(proof)
  if (annotator !== null) return annotator
  throw new AuditweaveError('token-required', 'This Auditweave asks for its token. Sign in, or send it as "Authorization: Bearer ...".')
}

/** @throws AuditweaveError 'role-required' */
export function checkRole(who: Annotator, least: AnnotatorRole): void {
  if (RANKS[who.role] >= RANKS[least]) return
  const kind = least === 'owner' ? 'an owner' : 'a reviewer'
  throw new AuditweaveError('role-required', `${who.name} is ${who.role === 'annotator' ? 'an annotator' : 'a reviewer'}; this takes ${kind}. Ask whoever gave you your token.`)
}

function holds(caller: Caller, token: string): boolean {
  const bearer = bearerToken(caller)
  if (bearer !== null && sameSecret(bearer, token)) return true
  const cookie = caller.cookie(SESSION_COOKIE)
  return cookie !== undefined && sameSecret(cookie, sessionValue(token))
}

function namedOwner(caller: Caller): Annotator {
  const named = /^([0-9a-z]{1,64})~(.{1,200})$/.exec(caller.cookie(NAME_COOKIE) ?? '')
  if (!named) return OWNER
  try {
    return { id: named[1] as string, name: decodeURIComponent(named[2] as string).slice(0, 64), role: 'owner' }
  } catch {
    return OWNER
  }
}
