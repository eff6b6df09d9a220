/** The parts of a user agent that are features; all null where it does not have the usual form. */
export interface UserAgentParts {
  readonly tool: string | null
  readonly version: string | null
  readonly extra: string | null
}

const NOTHING: UserAgentParts = { tool: null, version: null, extra: null }

/**
 * Splits `tool/version (platform/arch) name/hash/extra` at blanks. A first part without a slash or
 * a second that is not two pieces makes all parts null, as the paper's parser gives up there; a
 * part that is absent does not. Beyond three parts the third says nothing.
 */
export function splitUserAgent(userAgent: string | null): UserAgentParts {
  if (userAgent === null) return NOTHING
  const parts = userAgent.split(' ')
  const first = parts[0] ?? ''
  const slash = first.indexOf('/')
  if (slash < 0) return NOTHING
  const platform = parts[1]
  if (platform !== undefined && platform.split('/').length !== 2) return NOTHING
  const third = parts.length === 3 ? (parts[2] ?? '').split('/') : []
  return { tool: first.slice(0, slash), version: first.slice(slash + 1), extra: third.length === 3 ? (third[2] ?? null) : null }
}
