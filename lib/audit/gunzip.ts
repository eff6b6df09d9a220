import { FlateErrorCode, Gunzip } from 'fflate'
import type { FlateError } from 'fflate'
import { AuditweaveError } from './errors'

/** Unpacks gzip of one or more members. Throws `truncated-gzip` or `damaged-gzip` after everything before the fault was yielded. */
export type Unpack = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

// At most about 1032 times as much comes out of one push
const SLICE = 1 << 14

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b
}

export function truncatedGzip(): AuditweaveError {
  return new AuditweaveError('truncated-gzip', 'The gzip data end early: what comes before the end was read, the rest is missing. Copy the file again for the whole of it.')
}

export function damagedGzip(cause: unknown): AuditweaveError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new AuditweaveError('damaged-gzip', `The gzip data are damaged (${why}): what comes before the damage was read. Copy the file again for the whole of it.`, {
    cause,
  })
}

/** True where the pushed data end with a whole member: what follows one must be the head of another. */
function endsWhole(stream: Gunzip): boolean {
  try {
    stream.push(new Uint8Array(64), false)
    return false
  } catch (error) {
    return (error as FlateError).code === FlateErrorCode.InvalidHeader
  }
}

/** What the end of gzip data must agree with: the last four bytes are the size of the last member, modulo 2^32 (RFC 1952). */
class SizeCheck {
  #size = 0
  #tail = new Uint8Array(0)

  startMember(): void {
    this.#size = 0
  }

  addOutput(bytes: number): void {
    this.#size = (this.#size + bytes) % 2 ** 32
  }

  addInput(chunk: Uint8Array): void {
    const joined = new Uint8Array([...this.#tail, ...chunk.subarray(-4)])
    this.#tail = joined.slice(-4)
  }

  get agrees(): boolean {
    const stated = this.#tail.reduceRight((sum, byte) => sum * 256 + byte, 0)
    return this.#tail.length === 4 && stated === this.#size
  }
}

/**
 * Unpacks gzip in plain JavaScript, in Node and the browser alike. The platform's DecompressionStream is not used: browsers
 * refuse files of more than one member, as log rotation makes them, and an error there takes data already unpacked with it.
 */
export const gunzip: Unpack = async function* (source) {
  let out: Uint8Array[] = []
  const check = new SizeCheck()
  const stream = new Gunzip(data => {
    if (data.length === 0) return
    out.push(data)
    check.addOutput(data.length)
  })
  stream.onmember = () => check.startMember()
  for await (const chunk of source) {
    check.addInput(chunk)
    for (let at = 0; at < chunk.length; at += SLICE) {
      try {
        // a copy: the inflater keeps what it has not used yet
        stream.push(chunk.slice(at, at + SLICE), false)
      } catch (error) {
        yield* out
        throw damagedGzip(error)
      }
      yield* out
      out = []
    }
  }
  if (!check.agrees || !endsWhole(stream)) throw truncatedGzip()
}
