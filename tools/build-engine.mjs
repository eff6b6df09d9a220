// Builds the WebAssembly engine: AssemblyScript kernels and the Node worker to build/engine, the kernels
// for browsers also to public/engine. Does nothing when the sources have not changed since the last build.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const engine = join(root, 'lib', 'engine')
const output = join(root, 'build', 'engine')
const browser = join(root, 'public', 'engine')
const entry = join(engine, 'assembly', 'index.ts')
const require = createRequire(import.meta.url)
const compiler = join(dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js')

/** Each build: with fused multiply-add (relaxed SIMD) or without. */
const BUILDS = [{ name: 'fma', features: ['relaxed-simd'] }, { name: 'simd', features: [] }]
const MODULES = BUILDS.flatMap(({ name }) => [`kernels-${name}.wasm`, `kernels-${name}-inline.wasm`])

/** Every source under `folder` and this script; tests aside. */
async function sourceHash(folder, tool, extra = []) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.test.ts'))
    .map((file) => join(file.parentPath, file.name))
  const hash = createHash('sha256').update(require(`${tool}/package.json`).version)
  for (const file of [...files.sort(), ...extra, fileURLToPath(import.meta.url)]) {
    hash.update(file.slice(root.length)).update(await readFile(file))
  }
  return hash.digest('hex')
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (text) => { said += text })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}:\n${said}`))))
  })
}

/** How the memory's import begins: module `env`, name `memory`, kind memory; its limits' flags follow. */
const MEMORY_IMPORT = Buffer.from('\x03env\x06memory\x02', 'latin1')
const WITH_MAXIMUM = 1
const SHARED = 2

/** The same module on shared memory: the kernels use no atomics, so one flag is all the difference. */
function withSharedMemory(module) {
  const flags = module.indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length
  if (flags < MEMORY_IMPORT.length || module[flags] !== WITH_MAXIMUM) throw new Error('The kernels do not import their memory as expected.')
  const copy = Buffer.from(module)
  copy[flags] = WITH_MAXIMUM | SHARED
  return copy
}

/** One module on its own memory (inline, one thread) and one on shared memory (worker threads). */
async function compileKernels({ name, features }, folder) {
  const inline = join(folder, `kernels-${name}-inline.wasm`)
  await run(process.execPath, [
    compiler, entry, '-o', inline,
    '--runtime', 'stub', '-O3', '--noAssert', '--importMemory', '--initialMemory', '1', '--maximumMemory', '65536',
    ...['simd', 'bulk-memory', ...features].flatMap((feature) => ['--enable', feature]),
  ])
  await writeFile(join(folder, `kernels-${name}.wasm`), withSharedMemory(await readFile(inline)))
}

function bundleWorker(folder) {
  return build({
    entryPoints: [join(engine, 'wasm', 'worker.node.ts')],
    outfile: join(folder, 'worker.mjs'),
    alias: { '@': root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
}

async function upToDate(stampFile, stamp, files) {
  const found = await Promise.all([...files, stampFile].map((file) => readFile(file).catch(() => null)))
  return found.every(Boolean) && String(found.at(-1)) === stamp
}

/** Runs `make` on a folder of its own and moves its files in one by one, so that a reader never sees half of one. */
async function replaceFiles(make, targets, stampFile, stamp) {
  const folder = join(root, 'build', `.engine-${process.pid}`)
  await Promise.all([folder, output, browser].map((path) => mkdir(path, { recursive: true })))
  try {
    await make(folder)
    for (const target of targets) {
      const staged = `${target}.${process.pid}`
      await copyFile(join(folder, basename(target)), staged)
      await rename(staged, target)
    }
    await writeFile(stampFile, stamp)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function buildKernels() {
  const stamp = await sourceHash(join(engine, 'assembly'), 'assemblyscript')
  const stampFile = join(output, 'kernels.stamp')
  const inBrowser = MODULES.filter((module) => module.includes('inline'))
  const targets = [...MODULES.map((module) => join(output, module)), ...inBrowser.map((module) => join(browser, module))]
  if (await upToDate(stampFile, stamp, targets)) return false
  await replaceFiles((folder) => Promise.all(BUILDS.map((build) => compileKernels(build, folder))), targets, stampFile, stamp)
  return true
}

async function buildWorker() {
  const stamp = await sourceHash(engine, 'esbuild', [join(root, 'lib', 'audit', 'errors.ts')])
  const stampFile = join(output, 'worker.stamp')
  const targets = [join(output, 'worker.mjs')]
  if (await upToDate(stampFile, stamp, targets)) return false
  await replaceFiles(bundleWorker, targets, stampFile, stamp)
  return true
}

const started = performance.now()
const changed = [await buildKernels(), await buildWorker()]
if (changed.includes(true)) console.log(`engine built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
