import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isAlive, ownMark, type ProcessMark } from './process-mark'

const lockSchema = z.object({ pid: z.int(), started: z.string().nullable(), note: z.string() })
export type LockHolder = z.infer<typeof lockSchema>

export interface Lock {
  /** Replaces the note that others read, e.g. an address once it is known. */
  annotate(note: string): void
  release(): void
}

/**
 * Takes the lock, or tells who holds it. A lock whose holder is dead (kill -9, power cut) is taken over.
 * The file appears with its content at once (link), so that it is never seen half written.
 */
export function takeLock(file: string, note = ''): Lock | LockHolder {
  mkdirSync(path.dirname(file), { recursive: true })
  const mark = ownMark()
  for (let round = 0; round < 50; round++) {
    if (putIfAbsent(file, { ...mark, note })) return heldLock(file, mark)
    const holder = readLock(file)
    if (holder !== null && isAlive(holder)) return holder
    removeStale(file, holder)
  }
  return readLock(file) ?? { ...mark, note: '' }
}

export function isLock(result: Lock | LockHolder): result is Lock {
  return 'release' in result
}

/** Who holds the lock and still runs; null when it is free. */
export function lockHolder(file: string): LockHolder | null {
  const holder = readLock(file)
  return holder !== null && isAlive(holder) ? holder : null
}

function heldLock(file: string, mark: ProcessMark): Lock {
  return {
    annotate(note) {
      const temporary = `${file}.${randomUUID()}`
      writeFileSync(temporary, JSON.stringify({ ...mark, note }), { mode: 0o600 })
      renameSync(temporary, file)
    },
    release() {
      const holder = readLock(file)
      if (holder?.pid === mark.pid && holder.started === mark.started) rmSync(file, { force: true })
    },
  }
}

function putIfAbsent(file: string, content: LockHolder): boolean {
  const temporary = `${file}.${randomUUID()}`
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 })
  try {
    linkSync(temporary, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Moves the stale file aside; if another process was quicker and it is a live lock by now, puts it back. */
function removeStale(file: string, seen: LockHolder | null): void {
  const aside = `${file}.stale.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const moved = readLock(aside)
  if (moved !== null && (moved.pid !== seen?.pid || moved.started !== seen.started) && isAlive(moved)) {
    try {
      linkSync(aside, file)
    } catch {
      // A third process holds it by now.
    }
  }
  rmSync(aside, { force: true })
}

function readLock(file: string): LockHolder | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
