import type { Coder } from './coder'

const V4 = '(?<![\\d.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\d]|\\.\\d)(?:\\/(?:3[0-2]|[12]?\\d)(?!\\d))?'
// with "::", or all eight groups: a time of day is neither
const V6 = '(?<![\\w:.])(?:(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,6})?::(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,6})?)(?![\\w:])(?:\\/(?:12[0-8]|1[01]\\d|\\d?\\d)(?!\\d))?'
// as clouds name their machines: ip-10-0-1-17
const DASHED = '(?<![\\p{L}\\p{N}])(?:\\d{1,3}-){3}\\d{1,3}(?![\\p{L}\\p{N}]|-\\d)'

/** Parts of a larger expression, each a group by its name. */
export const ADDRESS_GROUPS = `(?<v6>${V6})|(?<v4>${V4})|(?<dashed>${DASHED})`

/** Addresses that mean the same everywhere. */
const EVERYWHERE = new Set(['127.0.0.1', '0.0.0.0', '255.255.255.255', '169.254.169.254', '::1', '::'])

/** The pseudonym of an address, with a network's prefix length if it had one: what lies behind that becomes 0. */
export function codeV4(coder: Coder, text: string): string {
  const [address = '', length] = text.split('/')
  if (EVERYWHERE.has(address)) return text
  const made = masked(coder.address(address.split('.').map(Number)), length).join('.')
  return length === undefined ? made : `${made}/${length}`
}

export function codeDashed(coder: Coder, text: string): string {
  const bytes = text.split('-').map(Number)
  return bytes.some((byte) => byte > 255) ? text.replaceAll(/\d{4,}/g, (digits) => coder.word(digits)) : coder.address(bytes).join('-')
}

export function codeV6(coder: Coder, text: string): string {
  const [address = '', length] = text.split('/')
  if (EVERYWHERE.has(address)) return text
  const made = masked(coder.address(bytesOfV6(address)), length)
  const groups = Array.from({ length: 8 }, (_, i) => (((made[2 * i] ?? 0) << 8) | (made[2 * i + 1] ?? 0)).toString(16))
  return `${groups.join(':')}${length === undefined ? '' : `/${length}`}`
}

function bytesOfV6(address: string): number[] {
  const [before = '', after] = address.split('::')
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const [head, tail] = [groups(before), groups(after ?? '')]
  const all = after === undefined ? head : [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => 0), ...tail]
  return all.slice(0, 8).flatMap((group) => [group >> 8, group & 255])
}

function masked(bytes: number[], length: string | undefined): number[] {
  if (length === undefined) return bytes
  const kept = Number(length)
  return bytes.map((byte, i) => byte & (0xff00 >> Math.max(0, Math.min(8, kept - i * 8))))
}
