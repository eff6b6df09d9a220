import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { findPackage, type FoundPackage } from './find.node.ts'
import { engineHome, enginesFolder } from './home.node.ts'
import { buildBinding, fetchWheel, libraryFolder } from './libtensorflow.node.ts'
import { PACKAGES, type OptionalEngine } from './optional'
import { npmFolder, nvidiaAnswers, runProgram } from './programs.node.ts'

export interface AddOptions {
  /** `pypi`, or a folder with libtensorflow: the binding is built against that instead of the download it brings. */
  readonly libtensorflow?: string
  /** Told before each part, since some take minutes. */
  readonly onPart: (message: string) => void
}

type Pinned = (typeof PACKAGES)[OptionalEngine][number]

/** The package that fits the machine: the one for NVIDIA cards where their driver answers. */
async function choose(engine: OptionalEngine, options: AddOptions): Promise<Pinned> {
  const [first, last] = [PACKAGES[engine][0]!, PACKAGES[engine].at(-1)!]
  return engine === 'tensorflow' && !options.libtensorflow && await nvidiaAnswers() ? first : last
}

/** The package's own install script, which fetches libtensorflow and a binding; those of its dependencies do not run. */
async function fetchLibrary(staging: string, folder: string, name: string): Promise<void> {
  const [gyp, bin] = [join(npmFolder(), 'node_modules', '@npmcli', 'run-script', 'lib', 'node-gyp-bin'), join(staging, 'node_modules', '.bin')]
  try {
    await runProgram('The download of libtensorflow and its binding', {
      file: process.execPath, folder, parameters: [join('scripts', 'install.js'), name.endsWith('-gpu') ? 'gpu' : 'cpu', 'download'],
      env: { PATH: [bin, gyp, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter) },
    })
  } catch (error) {
    throw withAdvice(error)
  }
  if (!existsSync(join(folder, 'deps', 'lib'))) throw withAdvice(new AuditweaveError('engine-install-failed', 'The download of libtensorflow ended without a library.'))
}

function withAdvice(error: unknown): Error {
  if (!isAuditweaveError(error)) return error instanceof Error ? error : new Error(String(error))
  return new AuditweaveError(error.code, `${error.message}\nWhere that download is not to be had, \`npx auditweave engine add tensorflow --libtensorflow pypi\` builds against TensorFlow's wheel for Python instead (Linux on x86-64; needs pip and a C++ compiler).`, { cause: error })
}

/** What can be refused before anything is fetched. */
function checkSource(libtensorflow: string | undefined): void {
  if (libtensorflow === undefined) return
  if (process.platform !== 'linux') throw new AuditweaveError('engine-unsupported', `--libtensorflow is for Linux, this is ${process.platform}: leave it out to take the binding that is offered for it.`)
  if (libtensorflow !== 'pypi') libraryFolder(resolve(libtensorflow))
}

async function fill(staging: string, { name, version }: Pinned, options: AddOptions): Promise<void> {
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify({ private: true, dependencies: { [name]: version } }, null, 2)}\n`)
  options.onPart(`Fetching ${name} ${version} with npm`)
  await runProgram(`npm install ${name}@${version}`, {
    file: process.execPath, folder: staging,
    parameters: [join(npmFolder(), 'bin', 'npm-cli.js'), 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
  })
  const folder = join(staging, 'node_modules', ...name.split('/'))
  if (name === 'webgpu') return
  if (options.libtensorflow === undefined) {
    options.onPart('Fetching libtensorflow, some hundred megabytes')
    return fetchLibrary(staging, folder, name)
  }
  if (options.libtensorflow === 'pypi') options.onPart('Fetching TensorFlow\'s wheel from PyPI, some hundred megabytes')
  const source = options.libtensorflow === 'pypi' ? await fetchWheel(staging) : options.libtensorflow
  options.onPart('Building the binding')
  await buildBinding(folder, source)
  rmSync(join(staging, 'wheel'), { recursive: true, force: true })
}

const stagingFolder = (engine: OptionalEngine, process: number | string): string => join(enginesFolder(), `.${engine}-${process}`)

/** Removes what an installation left that was cut off; one that still runs keeps its folder. */
function sweep(engine: OptionalEngine): void {
  if (!existsSync(enginesFolder())) return
  for (const name of readdirSync(enginesFolder())) {
    const owner = name.startsWith(`.${engine}-`) ? name.slice(engine.length + 2) : ''
    if (/^\d+$/.test(owner) && !isRunning(Number(owner))) rmSync(stagingFolder(engine, owner), { recursive: true, force: true })
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Installs an engine's package into its own folder in AUDITWEAVE_HOME; what was there stays until the new one is whole.
 * @throws AuditweaveError 'npm-missing', 'engine-install-failed', 'libtensorflow-missing', 'engine-unsupported' with the next step
 */
export async function addEngine(engine: OptionalEngine, options: AddOptions): Promise<FoundPackage> {
  checkSource(options.libtensorflow)
  const staging = stagingFolder(engine, process.pid)
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  try {
    await fill(staging, await choose(engine, options), options)
    removeEngine(engine)
    renameSync(staging, engineHome(engine))
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
  return findPackage(engine)!
}

/** Removes what `addEngine` installed and what was found out about it; tells whether there was anything. */
export function removeEngine(engine: OptionalEngine): 'removed' | 'absent' {
  sweep(engine)
  const state = existsSync(engineHome(engine)) ? 'removed' : 'absent'
  rmSync(engineHome(engine), { recursive: true, force: true })
  rmSync(join(enginesFolder(), `${engine}.probe.json`), { force: true })
  return state
}
