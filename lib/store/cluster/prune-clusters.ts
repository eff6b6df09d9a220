import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** How long a data folder must have been missing before its cluster goes: a disk may be unplugged for a while. */
const MISSING_DAYS = 30
const DAY_MS = 24 * 3600 * 1000
const SUFFIX = '.home'

const recordSchema = z.strictObject({ home: z.string(), missingSince: z.number().nullable() })
type HomeRecord = z.infer<typeof recordSchema>

/** Notes beside a cluster that lies outside its data folder whose it is. */
export function noteHome(folder: string, home: string): void {
  writeRecord(`${folder}${SUFFIX}`, { home: path.resolve(home), missingSince: null })
}

/** Another data folder that is still there and has this cluster; null where there is none. */
export function otherOwner(folder: string, home: string): string | null {
  const noted = readRecord(`${folder}${SUFFIX}`)?.home
  return noted !== undefined && noted !== path.resolve(home) && existsSync(noted) && isHomeOf(noted, folder) ? noted : null
}

/**
 * Removes the clusters in `clusters` whose data folder has been missing at every look for 30 days, from the first look on; a cluster that runs, one whose
 * data folder is there, and one that nobody noted the data folder of stay. Returns the folders that were removed.
 */
export function pruneClusters(clusters: string, now = Date.now()): string[] {
  const names = existsSync(clusters) ? readdirSync(clusters).filter((name) => name.endsWith(SUFFIX)) : []
  return names.flatMap((name) => {
    const file = path.join(clusters, name)
    const folder = file.slice(0, -SUFFIX.length)
    // Somebody removed the cluster by hand.
    if (!existsSync(folder)) rmSync(file, { force: true })
    const record = readRecord(file)
    if (record === null || !look(file, folder, record, now)) return []
    rmSync(folder, { recursive: true, force: true })
    rmSync(file, { force: true })
    return [folder]
  })
}

/** Whether the cluster may go; notes since when its data folder has been missing. */
function look(file: string, folder: string, { home, missingSince }: HomeRecord, now: number): boolean {
  const gone = !isHomeOf(home, folder) && !isRunning(folder)
  if (!gone) {
    if (missingSince !== null) writeRecord(file, { home, missingSince: null })
    return false
  }
  if (missingSince === null) writeRecord(file, { home, missingSince: now })
  return missingSince !== null && now - missingSince > MISSING_DAYS * DAY_MS
}

function isHomeOf(home: string, folder: string): boolean {
  try {
    return (JSON.parse(readFileSync(path.join(home, 'cluster.json'), 'utf8')) as { folder: string }).folder === folder
  } catch (error) {
    // What is there and cannot be read is not missing.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ENOTDIR'
  }
}

function isRunning(folder: string): boolean {
  try {
    const pid = Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readRecord(file: string): HomeRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

function writeRecord(file: string, record: HomeRecord): void {
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 })
  renameSync(temporary, file)
}
