import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { engineHome, projectFolder } from './home.node.ts'
import { PACKAGES, type OptionalEngine } from './optional'

/** A package that an optional engine comes from, as it stands on this machine. */
export interface FoundPackage {
  readonly name: string
  readonly version: string
  /** The package's own folder. */
  readonly folder: string
  /** Changes when it is installed or built again. */
  readonly stamp: number
  readonly place: 'own' | 'project'
}

/** The nearest node_modules/NAME at or above `from`, as Node looks for it; nothing is loaded. */
function nearest(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'))
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(folder) === folder) return null
  }
}

function describe(name: string, folder: string, place: FoundPackage['place']): FoundPackage {
  const file = join(folder, 'package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  const library = join(folder, 'deps', 'lib')
  return { name, version, folder, place, stamp: Math.max(statSync(file).mtimeMs, existsSync(library) ? statSync(library).mtimeMs : 0) }
}

/** The package of an engine: from its folder in AUDITWEAVE_HOME, else from the project; null where it is not installed. */
export function findPackage(engine: OptionalEngine): FoundPackage | null {
  for (const { name } of PACKAGES[engine]) {
    const own = join(engineHome(engine), 'node_modules', ...name.split('/'))
    if (existsSync(join(own, 'package.json'))) return describe(name, own, 'own')
  }
  for (const { name } of PACKAGES[engine]) {
    const folder = nearest(projectFolder(), name)
    if (folder) return describe(name, folder, 'project')
  }
  return null
}
