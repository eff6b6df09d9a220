import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))

/** A data folder as at the first start: readable by others, so that a database started by root as another user finds its place inside it and goes with it. */
export function makeNewHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'auditweave-e2e-'))
  chmodSync(home, 0o755)
  return home
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true })
}
