import type { Unpack } from './gunzip'

/** A rejected line. `text` is the whole line, or its first 64 KiB where it was over the limit; redacted unless `keepSecrets`. */
export interface Reject { readonly line: number; readonly reason: string; readonly text: string }

export interface ReadOptions {
  /** Keep the values of Secrets, tokens and the like; default false. */
  keepSecrets?: boolean
  onReject?: (reject: Reject) => void
  /** Longest line or list item that is read, in bytes; default 16 MiB. */
  maxLineBytes?: number
  /** Deepest nesting that is read; default 512. */
  maxDepth?: number
  /** Called with the bytes taken from the source so far. */
  onProgress?: (bytes: number) => void
  /** What messages call the input; default the source's own name, else `the input`. */
  name?: string
}

/** Bytes in order. A source may bring its name and a faster unpacking of its platform. */
export interface AuditSource extends AsyncIterable<Uint8Array> {
  readonly name?: string
  readonly unpack?: Unpack
}
