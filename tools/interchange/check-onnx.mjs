// node tools/interchange/check-onnx.mjs [MODEL ...]: runs exported networks in onnxruntime-node and compares with the engine's own answers.
// The runtime is no part of the default install; it is fetched into this folder at the first run.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const here = fileURLToPath(new URL('.', import.meta.url))

if (!existsSync(`${here}node_modules/onnxruntime-node/package.json`)) {
  process.stderr.write('Installing onnxruntime-node into tools/interchange (about 300 MB, once).\n')
  // The package brings its CPU libraries along; "skip" keeps its script from looking for CUDA ones elsewhere.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, env, stdio: ['ignore', process.stderr, process.stderr], shell: process.platform === 'win32' })
  if (status !== 0) {
    process.stderr.write('onnxruntime-node could not be installed, so nothing was checked. See the message above; a package registry must be in reach.\n')
    process.exit(1)
  }
}

register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) })
const { checkInOnnxRuntime } = await import('./onnx-runtime.ts')
process.exitCode = await checkInOnnxRuntime(process.argv.slice(2))
