import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { AuditweaveError } from '@/lib/audit/errors'
import { homeSubfolder } from './home'
import { newId } from './ids'

const ID = /^[0-9a-z]{12}$/

export interface Upload { readonly id: string; readonly bytes: number; readonly name: string }

/** Writes bytes as they come to the data folder; what was sent is whole when this resolves. The name is only repeated. */
export async function saveUpload(source: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>, { name }: { name: string }): Promise<Upload> {
  const id = newId()
  const file = fileOf(id)
  const partial = `${file}.${randomUUID()}`
  const bytes = source instanceof ReadableStream ? Readable.fromWeb(source as WebStream<Uint8Array>) : Readable.from(source)
  await mkdir(path.dirname(file), { recursive: true })
  try {
    await pipeline(bytes, createWriteStream(/* turbopackIgnore: true */ partial, { mode: 0o600, flags: 'wx' }))
    const { size } = await stat(/* turbopackIgnore: true */ partial)
    await rename(/* turbopackIgnore: true */ partial, file)
    return { id, bytes: size, name }
  } catch (cause) {
    await rm(/* turbopackIgnore: true */ partial, { force: true })
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw new AuditweaveError('disk-full', `The disk of the data folder is full; ${name} was not kept. Free some space and send it again.`, { cause })
    throw new AuditweaveError('upload-broken', `The upload of ${name} broke off; nothing of it was kept. Send it again.`, { cause })
  }
}

/** The bytes of an upload. @throws AuditweaveError 'unknown-upload' */
export async function openUpload(id: string): Promise<{ bytes: number; source: AsyncIterable<Uint8Array> }> {
  const file = ID.test(id) ? fileOf(id) : null
  const found = file === null ? null : await stat(/* turbopackIgnore: true */ file).catch(() => null)
  if (file === null || found === null) throw new AuditweaveError('unknown-upload', `There is no upload "${id.slice(0, 40)}" on this machine; it may have been used already. Send the file again.`)
  return { bytes: found.size, source: createReadStream(/* turbopackIgnore: true */ file, { highWaterMark: 1 << 20 }) }
}

export async function deleteUpload(id: string): Promise<void> {
  if (ID.test(id)) await rm(fileOf(id), { force: true })
}

/** Removes uploads that nobody imported. */
export async function cleanUploads(olderThanMs: number): Promise<void> {
  const folder = homeSubfolder('uploads')
  for (const name of await readdir(/* turbopackIgnore: true */ folder)) {
    const file = path.join(folder, name)
    const found = await stat(/* turbopackIgnore: true */ file).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > olderThanMs) await rm(/* turbopackIgnore: true */ file, { force: true })
  }
}

function fileOf(id: string): string {
  return path.join(homeSubfolder('uploads'), id)
}
