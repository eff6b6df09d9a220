import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAuditweaveError } from '@/lib/audit/errors'
import { readArrays, writeArrays, type ArrayFile } from './array-file'

const SUFFIX = '.arrays'
/** A file half written this long ago was left by a process that died. */
const OLD_PART_MS = 3600_000

export interface ArrayCacheOptions {
  readonly folder: string
  /** The files together stay below this; the least recently used go. */
  readonly mostBytes: number
  /** Told what could not be done; the work goes on without the cache. */
  readonly log: (text: string) => void
}

/**
 * Arrays that are dear to make, on disk by the digest of what they were made from. Any number of processes may use one
 * folder: a file appears whole or not at all, and two that make the same write the same. Whatever goes wrong (a cut file, a full
 * disk, no rights) is told and costs only the time to make the arrays anew.
 */
export class ArrayCache {
  readonly #options: ArrayCacheOptions

  constructor(options: ArrayCacheOptions) {
    this.#options = options
  }

  /** What the key was stored with, read by `parse`; made and stored where it is not there or cannot be read. */
  async through<T>(key: string, codec: { parse(file: ArrayFile): T; serialise(value: T): ArrayFile }, make: () => Promise<T>): Promise<T> {
    const path = join(this.#options.folder, createHash('sha256').update(key).digest('hex') + SUFFIX)
    const found = await this.#read(path, codec.parse)
    if (found !== null) return found.value
    const value = await make()
    await this.#write(path, () => codec.serialise(value))
    return value
  }

  async #read<T>(path: string, parse: (file: ArrayFile) => T): Promise<{ value: T } | null> {
    try {
      const value = parse(readArrays(await readFile(path)))
      // Used now: the time tells which goes first.
      await utimes(path, new Date(), new Date()).catch(() => {})
      return { value }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      this.#options.log(isAuditweaveError(error) ? `${path}: ${error.message}` : `The encoded lines at ${path} cannot be read (${(error as Error).message}); they are read from the data set.`)
      return null
    }
  }

  async #write(path: string, serialise: () => ArrayFile): Promise<void> {
    const part = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.part`
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 })
      const bytes = writeArrays(serialise())
      if (bytes.length > this.#options.mostBytes) return
      await this.#makeRoom(bytes.length)
      await writeFile(part, bytes, { mode: 0o600 })
      await rename(part, path)
    } catch (error) {
      await rm(part, { force: true }).catch(() => {})
      this.#options.log(`The encoded lines cannot be kept at ${this.#options.folder} (${(error as Error).message}); each run reads the data set anew.`)
    }
  }

  async #makeRoom(wanted: number): Promise<void> {
    const { folder, mostBytes } = this.#options
    const names = await readdir(folder)
    const known = await Promise.all(names.map(async (name) => ({ path: join(folder, name), name, info: await stat(join(folder, name)).catch(() => null) })))
    const files = known.flatMap(({ path, name, info }) => (info ? [{ path, part: name.endsWith('.part'), bytes: info.size, used: info.mtimeMs }] : []))
    for (const file of files) if (file.part && Date.now() - file.used > OLD_PART_MS) await rm(file.path, { force: true })
    const kept = files.filter((file) => !file.part).sort((a, b) => a.used - b.used)
    let total = kept.reduce((sum, file) => sum + file.bytes, 0)
    for (const { path, bytes } of kept) {
      if (total + wanted <= mostBytes) return
      await rm(path, { force: true })
      total -= bytes
    }
  }
}
