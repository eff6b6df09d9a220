import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { npmFolder, runProgram } from './programs.node.ts'

/** The wheel whose libraries the binding is built against, the version it was tried with. */
const WHEEL = 'tensorflow-cpu==2.21.0'
const LIBRARY = /^libtensorflow(_cc|_framework)?\.so/
const NAPI = 8

/** Fetches TensorFlow's wheel from PyPI with the user's pip; its folder `tensorflow` holds libraries and headers. */
export async function fetchWheel(folder: string): Promise<string> {
  const target = join(folder, 'wheel')
  await runProgram(`Fetching ${WHEEL} from PyPI with pip`, {
    file: 'python3', folder, parameters: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', '--only-binary=:all:', '--target', target, WHEEL],
  })
  return join(target, 'tensorflow')
}

/**
 * Where a folder keeps its libraries: a release of libtensorflow in `lib`, the Python package beside its code.
 * @throws AuditweaveError 'libtensorflow-missing' where they or their headers are not in it
 */
export function libraryFolder(source: string): string {
  const found = [join(source, 'lib'), source].find((folder) => existsSync(folder) && readdirSync(folder).some((name) => LIBRARY.test(name)))
  if (found && existsSync(join(source, 'include', 'tensorflow', 'c', 'c_api.h'))) return found
  throw new AuditweaveError('libtensorflow-missing', `${source} holds no libtensorflow with its headers (include/tensorflow/c/c_api.h and lib/libtensorflow.so, or the folder of the Python package tensorflow). Name another folder with --libtensorflow.`)
}

/** Puts libraries under the names that the binding is linked with. */
function placeLibraries(source: string, libraries: string, target: string): void {
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(libraries).filter((file) => LIBRARY.test(file))) cpSync(join(libraries, name), join(target, name), { verbatimSymlinks: true })
  for (const [name, pattern] of [['libtensorflow.so', /^libtensorflow(_cc)?\.so\.\d+$/], ['libtensorflow_framework.so', /^libtensorflow_framework\.so\.\d+$/]] as const) {
    const versioned = readdirSync(target).find((file) => pattern.test(file))
    if (!existsSync(join(target, name)) && versioned) symlinkSync(versioned, join(target, name))
    if (!existsSync(join(target, name))) throw new AuditweaveError('libtensorflow-missing', `${source} has no ${name}. Name another folder with --libtensorflow.`)
  }
}

/** Node's headers where they lie beside it; else node-gyp fetches them. */
function headers(): string[] {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : []
}

/**
 * Builds the binding in `packageFolder` against the libraries in `source` with npm's node-gyp; needs a C++ compiler, make and Python.
 * @throws AuditweaveError 'libtensorflow-missing', 'engine-install-failed'
 */
export async function buildBinding(packageFolder: string, source: string): Promise<void> {
  const libraries = libraryFolder(resolve(source))
  const deps = join(packageFolder, 'deps')
  rmSync(deps, { recursive: true, force: true })
  placeLibraries(source, libraries, join(deps, 'lib'))
  symlinkSync(join(resolve(source), 'include'), join(deps, 'include'))
  const binding = join(packageFolder, 'lib', `napi-v${NAPI}`)
  await runProgram('Building the binding with node-gyp', {
    file: process.execPath, folder: packageFolder,
    parameters: [
      join(npmFolder(), 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild', ...headers(),
      '--module_name=tfjs_binding', `--module_path=${join(packageFolder, 'lib', 'built')}`, `--napi_build_version=${NAPI}`,
    ],
  })
  rmSync(binding, { recursive: true, force: true })
  renameSync(join(packageFolder, 'lib', 'built'), binding)
  for (const name of ['build', join('deps', 'include')]) rmSync(join(packageFolder, name), { recursive: true, force: true })
}
