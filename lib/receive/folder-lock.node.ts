import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'

/** One process at a time may write into a folder. A lock whose process is gone is taken over. */
export class FolderLock {
  private constructor(private readonly file: string) {}

  /** @throws AuditweaveError 'inbox-taken' */
  static async take(folder: string): Promise<FolderLock> {
    const file = path.join(folder, 'receiver.pid')
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 })
        return new FolderLock(file)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      }
      const pid = Number(await readFile(file, 'utf8').catch(() => ''))
      if (isRunning(pid)) throw new AuditweaveError('inbox-taken', `Process ${pid} receives into ${folder} already. Stop it, or receive into another folder.`)
      await rm(file, { force: true })
    }
    throw new AuditweaveError('inbox-taken', `Another process takes ${folder} at this moment. Start again.`)
  }

  async release(): Promise<void> {
    await rm(this.file, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
