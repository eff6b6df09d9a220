import type { JsonValue } from './event'
import { asText, isObject } from './json'

/** First bytes that name a format, as Latin-1 text. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['\x89PNG\r\n\x1a\n', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['%PDF-', 'a PDF document'],
  ['\x7fELF', 'an ELF binary'],
  ['MZ', 'a Windows program'],
  ['\xca\xfe\xba\xbe', 'a Java class or a macOS program'],
  ['\xcf\xfa\xed\xfe', 'a macOS program'],
  ['\0asm', 'a WebAssembly module'],
  ['PK\x03\x04', 'a ZIP archive: unpack it and give the log inside'],
  ['\x28\xb5\x2f\xfd', 'Zstandard data: unpack them with `zstd -d`'],
  ['BZh', 'bzip2 data: unpack them with `bunzip2`'],
  ['\xfd7zXZ\0', 'xz data: unpack them with `unxz`'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive: unpack it and give the log inside'],
  ['\x1f\x8b', 'gzip data inside gzip data: unpack them once and try again'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['OggS', 'Ogg audio'],
  ['RIFF', 'a RIFF media file'],
  ['\xff\xfe', 'UTF-16 text: save it as UTF-8'],
  ['\xfe\xff', 'UTF-16 text: save it as UTF-8'],
  ['k8s\0', 'Kubernetes protobuf: export it as JSON'],
]
const HEAD = 1 << 12

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, HEAD))
}

/** A binary format told by its first bytes, e.g. `a PNG image`; null for text and for unknown bytes. */
export function binaryFormat(head: Uint8Array): string | null {
  const text = latin1(head)
  for (const [magic, name] of MAGIC) if (text.startsWith(magic) && (magic.length > 2 || head.length > 2)) return name
  // protocol 2 to 5, then a frame, a memo or an opcode that begins an object
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5) return 'a pickle'
  if (text.slice(257, 262) === 'ustar') return 'a tar archive: unpack it and give the log inside'
  return null
}

function looksBinary(text: string): boolean {
  let controls = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0xfffd || (c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 27)) controls++
  }
  return controls > text.length / 20
}

function looksLikeCSV(text: string): boolean {
  const lines = text.split(/\r?\n/).slice(0, 5).filter(line => line !== '')
  const first = lines[0]
  if (first === undefined || lines.length < 2 || /^\s*[{[]/.test(first)) return false
  for (const separator of [',', '\t', ';']) {
    const columns = first.split(separator).length
    // the last of five lines may be cut
    if (columns > 1 && lines.slice(0, 4).every(line => line.split(separator).length === columns)) return true
  }
  return false
}

/** What one JSON value is, in words. */
function nameJson(value: JsonValue): string {
  if (!isObject(value)) return Array.isArray(value) ? 'a JSON array without audit events' : 'JSON without audit events'
  const version = asText(value.apiVersion)
  const kind = asText(value.kind)
  if (version?.startsWith('audit.k8s.io/') && kind === 'EventList') return 'an EventList without events'
  if (version?.startsWith('audit.k8s.io/') && kind === 'Policy') return 'an audit policy, not a log written under it'
  if (version === 'v1' && kind === 'Event') return 'Kubernetes Events (`kubectl get events`), which are no audit events'
  if (kind !== null && version !== null) return `a Kubernetes object of kind ${kind.slice(0, 60)}`
  if (value.role !== undefined && value.auditID !== undefined) return 'a truth file or reconstructed records, not the log itself'
  return 'JSON lines without audit events'
}

/** What the first value among the lines says of the file, null where no JSON was found. */
function describeJson(text: string): string | null {
  const line = text.split('\n', 1)[0] ?? ''
  for (const candidate of [text, line]) {
    try {
      return nameJson(JSON.parse(candidate) as JsonValue)
    } catch {
      // not whole in the head
    }
  }
  return /^\s*[{[]\s*["{\]}]/.test(text) ? 'JSON without audit events' : null
}

/** What bytes without an audit event are, in words for a person. `head` is the beginning, after unpacking. */
export function describeContent(head: Uint8Array): string {
  const binary = binaryFormat(head)
  if (binary !== null) return binary
  const text = new TextDecoder().decode(head.subarray(0, HEAD))
  if (text.trim() === '') return 'only white space'
  if (looksBinary(text)) return 'binary data of an unknown format'
  const json = describeJson(new TextDecoder().decode(head))
  if (json !== null) return json
  if (/^\s*<(?:!doctype html|html)/i.test(text)) return 'an HTML page'
  if (/^\s*<\?xml|^\s*<[a-z][\w:-]*[\s>]/i.test(text)) return 'an XML document'
  if (/^(?:apiVersion|kind):\s/m.test(text)) return /audit\.k8s\.io/.test(text) && /kind:\s*Policy/.test(text) ? 'an audit policy, not a log written under it' : 'a YAML manifest'
  if (looksLikeCSV(text)) return 'CSV text'
  return 'text that is no JSON'
}
