import { MARKER, TOKEN_FIELDS } from './redact-rules'
import { redactText } from './redact-text'

// In a line that cannot be parsed the bodies cannot be told apart: all of them go
const BODY = /"(?:requestObject|responseObject|request|response|data|stringData|binaryData|last-applied|[\w./-]*last-applied-configuration)\\*"/
const FIELD = new RegExp(`("(?:${[...TOKEN_FIELDS].join('|')})\\\\*"\\s{0,4}:\\s{0,4}\\\\*")([^"\\\\]+)`, 'g')

/** A rejected line without what may be secret in it: cut at its first body, tokens replaced. */
export function redactReject(text: string): string {
  const body = text.search(BODY)
  const head = body < 0 ? text : `${text.slice(0, body)}${MARKER}`
  return redactText(head.replace(FIELD, `$1${MARKER}`))
}
