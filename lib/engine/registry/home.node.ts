import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OptionalEngine } from './optional'

/** The folder of this project. */
export const projectFolder = (): string => fileURLToPath(new URL('../../..', import.meta.url))

/** Where optional engines are installed, each in a folder of its own: `engines` in AUDITWEAVE_HOME, else in the project's `.auditweave`. Not created. */
export function enginesFolder(): string {
  return join(resolve(process.env.AUDITWEAVE_HOME || join(projectFolder(), '.auditweave')), 'engines')
}

export const engineHome = (engine: OptionalEngine): string => join(enginesFolder(), engine)

export function projectVersion(): string {
  return (JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as { version: string }).version
}
