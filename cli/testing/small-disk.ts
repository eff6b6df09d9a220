import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of 64 KiB at a folder that is made; gives what takes it away again, or null where this process may not mount. */
export function mountSmallDisk(folder: string): (() => void) | null {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  return () => { execFileSync('umount', [folder]) }
}

/** Only root in a full system may mount; elsewhere a suite shows such a case as skipped. */
export function canMount(): boolean {
  const root = mkdtempSync(join(tmpdir(), 'auditweave-mount-'))
  try {
    const unmount = mountSmallDisk(join(root, 'disk'))
    unmount?.()
    return unmount !== null
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
