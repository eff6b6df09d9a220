import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readEnv } from './env'
import { newId } from './ids'

// `turbopackIgnore`: these paths are known at run time alone; without it the build traces the whole project into every page.

/** The project that the working directory lies in: the nearest folder up with our package.json, else the working directory. */
export function projectRoot(from = process.cwd()): string {
  for (let folder = path.resolve(/* turbopackIgnore: true */ from); ; folder = path.dirname(folder)) {
    if (isProject(folder)) return folder
    if (path.dirname(folder) === folder) return path.resolve(/* turbopackIgnore: true */ from)
  }
}

function isProject(folder: string): boolean {
  const file = path.join(folder, 'package.json')
  if (!existsSync(/* turbopackIgnore: true */ file)) return false
  try {
    return (JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as { name?: unknown }).name === 'auditweave'
  } catch {
    return false
  }
}

/** The data folder: AUDITWEAVE_HOME, or `.auditweave` in the project. Absolute; not created. */
export function homeFolder(): string {
  return path.resolve(/* turbopackIgnore: true */ readEnv().AUDITWEAVE_HOME ?? path.join(/* turbopackIgnore: true */ projectRoot(), '.auditweave'))
}

/** A folder inside the data folder, created when missing. */
export function homeSubfolder(name: 'uploads' | 'rejects' | 'logs' | 'live'): string {
  const folder = path.join(/* turbopackIgnore: true */ homeFolder(), name)
  mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Names the data folder in the queue, so that files in it are only looked for by its own workers. */
export function homeId(): string {
  const file = path.join(/* turbopackIgnore: true */ homeFolder(), 'home-id')
  if (!existsSync(/* turbopackIgnore: true */ file)) {
    mkdirSync(homeFolder(), { recursive: true })
    try {
      writeFileSync(file, newId(), { flag: 'wx' })
    } catch (error) {
      // Another process of this folder was first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(/* turbopackIgnore: true */ file, 'utf8').trim()
}
