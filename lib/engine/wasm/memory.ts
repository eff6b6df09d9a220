import { AuditweaveError } from '@/lib/audit/errors'

const PAGE = 65_536
/** All that a 32-bit WebAssembly memory can have. */
const MAXIMUM_PAGES = 65_536

const tooLarge = (bytes: number, cause?: unknown): AuditweaveError => new AuditweaveError(
  'engine-out-of-memory',
  `The engine needs ${Math.ceil(bytes / 2 ** 20)} MiB, which WebAssembly cannot give here: take a smaller batch, window or network.`,
  { cause },
)

/** @throws AuditweaveError 'engine-out-of-memory' when the machine or WebAssembly's 4 GiB do not allow it. */
export function createMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const initial = Math.ceil(bytes / PAGE)
  if (initial > MAXIMUM_PAGES) throw tooLarge(bytes)
  try {
    return new WebAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared })
  } catch (cause) {
    throw tooLarge(bytes, cause)
  }
}

/** Makes the memory at least `bytes` long. @throws as createMemory. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
  if (missing <= 0) return
  try {
    memory.grow(missing)
  } catch (cause) {
    throw tooLarge(bytes, cause)
  }
}
