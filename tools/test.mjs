// `npm test`: everything CI needs, cheapest first, so that a slip shows within seconds. Ends with vitest's summary.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './ensure-chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }

function step(name, command, args) {
  const began = Date.now()
  process.stdout.write(`\n> ${name}\n`)
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) {
    process.stderr.write(`\n${name} failed${error ? `: ${error.message}` : ''}.\n`)
    process.exit(status ?? 1)
  }
  process.stdout.write(`  ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

const bin = (name) => `node_modules/.bin/${name}`
const chosen = process.argv.slice(2)

if (chosen.length === 0) {
  step('lint', bin('oxlint'), ['--deny-warnings'])
  step('build the engine', 'node', ['tools/build-engine.mjs'])
  ensureChromium()
  step('build the pages', bin('next'), ['build'])
  step('type check', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json'])
  // Before the tests, which keep both cores busy: it is timed.
  step('every experiment at the smoke scale', 'node', ['tools/smoke.mjs'])
}
step('tests', bin('vitest'), ['run', ...chosen])
