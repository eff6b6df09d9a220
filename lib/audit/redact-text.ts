import { MARKER } from './redact-rules'

/*
 * Credentials inside free text. Every pattern is linear in hostile text: a repeat without a bound starts
 * only where the one before it cannot have started, or has nothing behind it that can fail.
 */
const JSON_WEB_TOKEN = /(?<=^|[^\w-]|%[0-9A-Fa-f]{2})eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g
const AUTHORIZATION = /\b(Bearer|bearer|BEARER|Basic)((?:[ \t\r\n]|\+|%20){1,4})(?!\[redacted)[\w.~+/=%-]{6,}/g
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY)-----[^-]*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?/g
const URL_USER = /:\/\/[^/\s:@"'?#]*:[^/\s@"'?#]+@/g
const WORD =
  '(?:[Tt]oken|TOKEN|[Pp]assword|PASSWORD|[Pp]asswd|PASSWD|[Cc]lient[-_]?[Ss]ecret|CLIENT_SECRET|client-key-data|[Aa]pi[-_]?[Kk]ey|API[-_]KEY|[Ss]ecret[-_]?[Aa]ccess[-_]?[Kk]ey|SECRET_ACCESS_KEY)'
const ASSIGNED = new RegExp(`(${WORD}\\\\?["']?[ \\t]{0,4}(?:=|:|%3D|%3A)[ \\t]{0,4}\\\\?["']?)(?!\\[redacted)([^\\s"'\\\\&,;{}[\\]]{3,})`, 'g')
const FLAG = new RegExp(`((?<![\\w-])--[\\w-]{0,40}${WORD}[ \\t]{1,4}\\\\?["']?)(?!\\[redacted)([^\\s"'\\\\&-][^\\s"'\\\\&]{2,})`, 'g')

// One look instead of six replacements, for the most strings have none
const LIKELY = /yJ|[Bb]earer|BEARER|Basic|KEY-----|:\/\/|[Tt]oken|TOKEN|assw|ASSW|ecret|ECRET|key|KEY|[Aa]pi/

// A needle starts with the rarest letter of its word: a plain search costs by how often that letter occurs
const NEEDLES = ['yJ', 'Bea', 'bearer', 'BEARER', 'Basic', 'KEY-----', 'TOKEN', 'PASSW', 'SECRET', 'API_KEY', 'API-KEY']
const AFTER_WORD = ` \t=:%\\'`
// A word counts only where a value may follow it: `"serviceAccountToken":{` is a key, which the walk sees
const WORDS = ['ken', 'word', 'wd', 'cret', 'key', 'Key']
const KEY_DATA = 'key-data'
const CREDENTIAL_URL = /:\/\/[^/\s:@"'?#]*:[^/\s@"'?#]+@/
// Go writes only <, >, &, U+2028 and U+2029 as \u00xx; an escaped letter may hide a needle
const ESCAPED_LETTER = /\\u00(?:[4-7]|2[0-57-9a-fA-F]|3[0-9abdABD])/

function hasWordWithValue(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const next = text[at + word.length]
    if (next !== undefined && AFTER_WORD.includes(next)) return true
    if (next === '-' && text.startsWith(KEY_DATA, at)) return true
  }
  return false
}

/** True where the JSON text of an event may hold a credential inside a string: cheap, and never false where `redactText` would find one. */
export function mayHoldCredentials(text: string): boolean {
  for (const needle of NEEDLES) if (text.includes(needle)) return true
  for (const word of WORDS) if (hasWordWithValue(text, word)) return true
  if (text.includes('@') && CREDENTIAL_URL.test(text)) return true
  // an encoder that escapes slashes hides `://`
  if (text.includes('\\/')) return true
  return text.includes('\\u00') && ESCAPED_LETTER.test(text)
}

/** True where text may hold a manifest of a Secret or ConfigMap. */
export function mayHoldManifests(text: string): boolean {
  return text.includes('Secret') || text.includes('ConfigMap')
}

/** The text with every credential that can be told by its form replaced by the marker. */
export function redactText(text: string): string {
  if (!LIKELY.test(text)) return text
  return text
    .replace(PRIVATE_KEY, `-----BEGIN $1-----${MARKER}`)
    .replace(AUTHORIZATION, `$1$2${MARKER}`)
    .replace(JSON_WEB_TOKEN, MARKER)
    .replace(URL_USER, `://${MARKER}@`)
    .replace(ASSIGNED, `$1${MARKER}`)
    .replace(FLAG, `$1${MARKER}`)
}
