import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { cannotWrite } from './output'

export interface WriteFileOptions {
  /** What to do with a file that is there already. */
  readonly existing: 'keep' | 'replace'
}

/**
 * Writes bytes to a file, or to stdout when `path` is `-`. The file appears whole or not at all: it is written beside its place, flushed to the
 * disk and renamed; what is there and no file (a pipe, /dev/null) is written to as it is.
 * @throws AuditweaveError 'file-exists' where one is kept, 'cannot-write' naming the file and what to do
 */
export async function writeBytes(path: string, bytes: Uint8Array, { existing }: WriteFileOptions): Promise<void> {
  if (path === '-') return writeToStdout(bytes)
  const there = await stat(path).catch(() => null)
  if (there?.isFile() && existing === 'keep') throw new AuditweaveError('file-exists', `${path} is there already and was left as it is. Name another file with -o, or add --force to replace it.`)
  const whole = there === null || there.isFile()
  const target = whole ? `${path}.partial-${process.pid}` : path
  try {
    await withFile(target, whole ? 'wx' : 'w', async (file) => {
      await file.writeFile(bytes)
      if (whole) await file.sync()
    })
    if (whole) await rename(target, path)
  } catch (error) {
    if (whole) await rm(target, { force: true })
    throw cannotWrite(path, error)
  }
}

async function withFile(path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags)
  try {
    await work(file)
  } finally {
    await file.close()
  }
}

function writeToStdout(bytes: Uint8Array): Promise<void> {
  if (process.stdout.isTTY) throw new AuditweaveError('wrong-use', 'The file is binary and standard output is a terminal: name a file with -o, or send it through a pipe.')
  return new Promise((resolve, reject) => { process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())) })
}
