// node tools/interchange/check-python.mjs [--python FILE] [MODEL ...]: rebuilds exported networks with Keras, compares their answers with the
// engine's, and reads weights.safetensors with the package safetensors. Without --python, a virtual environment is made in build/.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const here = fileURLToPath(new URL('.', import.meta.url))
const environment = fileURLToPath(new URL('../../build/interchange-python', import.meta.url))
const inEnvironment = `${environment}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', process.stderr, process.stderr] })
  if (status === 0) return
  process.stderr.write(`${command} ${args.join(' ')} failed${error ? ` (${error.message})` : ''}, so nothing was checked. Python 3.11 or newer and a package index must be at hand; or name a Python that has keras, numpy and safetensors with --python.\n`)
  process.exit(1)
}

function preparedPython() {
  if (existsSync(`${environment}/ready`)) return inEnvironment
  process.stderr.write('Making a virtual environment with Keras in build/interchange-python (about 700 MB, once).\n')
  run('python3', ['-m', 'venv', environment])
  run(inEnvironment, ['-m', 'pip', 'install', '--quiet', '-r', `${here}requirements.txt`])
  run(inEnvironment, ['-c', `open(${JSON.stringify(`${environment}/ready`)}, "w").close()`])
  return inEnvironment
}

const args = process.argv.slice(2)
const at = args.indexOf('--python')
const [, named] = at < 0 ? [] : args.splice(at, 2)
const python = named ?? preparedPython()
// Keras needs a library to compute with; the environment above has jax.
const env = { ...(named ? {} : { KERAS_BACKEND: 'jax' }), ...process.env, PYTHONDONTWRITEBYTECODE: '1' }

register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) })
const { checkInPython } = await import('./python-runtime.ts')
process.exitCode = await checkInPython({ command: python, script: `${here}check_python.py`, env }, args)
