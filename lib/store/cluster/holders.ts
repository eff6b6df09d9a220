import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, ownMark, type ProcessMark } from './process-mark'

/**
 * The processes that use the cluster of a data folder, one file each: the last to leave stops it.
 * Files of dead processes do not count and are removed.
 */
export function registerHolder(home: string): { leave(): void } {
  const folder = holdersFolder(home)
  const file = path.join(folder, `${process.pid}-${randomUUID()}.json`)
  writeFileSync(file, JSON.stringify(ownMark()), { mode: 0o600 })
  return { leave: () => rmSync(file, { force: true }) }
}

/** How many live processes use the cluster. */
export function countHolders(home: string): number {
  const folder = holdersFolder(home)
  let alive = 0
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if (holderAlive(file)) alive++
    else rmSync(file, { force: true })
  }
  return alive
}

function holdersFolder(home: string): string {
  const folder = path.join(home, 'holders')
  mkdirSync(folder, { recursive: true })
  return folder
}

function holderAlive(file: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(file, 'utf8')) as ProcessMark)
  } catch {
    return false
  }
}
