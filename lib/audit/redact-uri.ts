import { MARKER, SECRET_ARGUMENT, SECRET_PARAMETER } from './redact-rules'
import { redactText } from './redact-text'

/** A cheap first look: where it does not match and the line holds no credential by form, `redactURI` changes nothing. */
export const SUSPECT_URI = /[?&](?:[\w-]{0,40}(?:token|auth|bearer|passw|secret|key|sig|credential)|[^=&%]{0,100}%)|[?&]command=-|%40/i

const COMMAND = 'command'

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}

function redactParameter(parameter: string, afterFlag: boolean): string {
  const equals = parameter.indexOf('=')
  if (equals < 0) return parameter
  const name = decode(parameter.slice(0, equals))
  const value = decode(parameter.slice(equals + 1))
  if (value === '' || value === MARKER) return parameter
  if (SECRET_PARAMETER.test(name) || (afterFlag && name === COMMAND)) return `${parameter.slice(0, equals + 1)}${MARKER}`
  const clean = redactText(value)
  return clean === value ? parameter : `${parameter.slice(0, equals + 1)}${clean.replaceAll('&', '%26').replaceAll(' ', '+')}`
}

function isSecretFlag(parameter: string): boolean {
  return parameter.startsWith(`${COMMAND}=`) && SECRET_ARGUMENT.test(decode(parameter.slice(COMMAND.length + 1)))
}

/**
 * A request URI without the credentials in it: parameters such as `token`, arguments of an exec's
 * command that follow `--token` and the like, and credentials told by their form.
 */
export function redactURI(uri: string): string {
  const question = uri.indexOf('?')
  if (question < 0) return redactText(uri)
  const parameters = uri.slice(question + 1).split('&')
  const clean = parameters.map((parameter, i) => redactParameter(parameter, i > 0 && isSecretFlag(parameters[i - 1] ?? '')))
  return `${redactText(uri.slice(0, question))}?${clean.join('&')}`
}
