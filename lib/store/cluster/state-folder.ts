import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'

const CANDIDATES = ['/var/lib/auditweave', path.join(os.tmpdir(), 'auditweave-state')]

/**
 * A folder that every user can cross and only root can write: holds what the server account must reach when
 * the data folder lies where it cannot go. Only used as root. /var/lib/auditweave, or one under the temporary folder.
 */
export function stateFolder(): string {
  for (const folder of CANDIDATES) if (usable(folder)) return folder
  throw new AuditweaveError('no-state-folder', `None of ${CANDIDATES.join(', ')} can be written as root. Run as an ordinary user, or set DATABASE_URL.`)
}

function usable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    accessSync(folder, constants.W_OK)
    const { uid, mode } = statSync(folder)
    // Someone else's folder could hold someone else's programs.
    if (uid !== 0 || (mode & 0o022) !== 0) return false
    chmodSync(folder, 0o755)
    return true
  } catch {
    return false
  }
}
