import { statSync } from 'node:fs'
import path from 'node:path'

/** The user that PostgreSQL runs as. */
export interface Account { readonly uid: number; readonly gid: number }

const NOBODY = 65_534

/**
 * PostgreSQL refuses to run as root: as root it runs as nobody (no account has to be made), else as oneself (null).
 */
export function serverAccount(): Account | null {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null
}

/** Whether others may cross every folder from the root to `folder`, which must exist. */
export function reachableByOthers(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (path.dirname(at) === at) return true
  }
}
