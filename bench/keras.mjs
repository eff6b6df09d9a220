// node bench/keras.mjs [k8ntext|linked] [--batch 32,128] [--rounds 7] [--python PATH]: the wasm engine beside Keras 3 on
// TensorFlow's CPU build, in turns. Without --python it makes a Python environment of its own, which takes 1.5 GB.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const PACKAGES = ['keras==3.15.1', 'tensorflow-cpu==2.21.0', 'numpy>=2,<3']

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error?.code === 'ENOENT') fail(`${command} is not there: install Python 3.10 or newer with venv, or name one that has Keras with --python PATH.`)
  if (status !== 0) process.exit(status ?? 1)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

/** An environment with Keras, kept in the data folder. */
function ownPython() {
  const folder = join(process.env.AUDITWEAVE_HOME ?? join(here, '..', '.auditweave'), 'keras')
  const python = join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))
  if (existsSync(python) && spawnSync(python, ['-c', 'import keras, tensorflow'], { stdio: 'ignore' }).status === 0) return python
  process.stdout.write(`Installing ${PACKAGES.join(', ')} into ${folder} ...\n`)
  mkdirSync(folder, { recursive: true })
  run('python3', ['-m', 'venv', folder])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES])
  return python
}

const args = process.argv.slice(2)
const at = args.indexOf('--python')
const python = at < 0 ? ownPython() : args.splice(at, 2)[1]
if (!python) fail('--python takes the path of a Python with Keras 3 and TensorFlow.')
run(process.execPath, ['--import', 'tsx', '--experimental-wasm-relaxed-simd', join(here, '_keras.ts'), python, ...args])
