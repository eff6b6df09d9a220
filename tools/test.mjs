// `npm test`: everything CI needs, cheapest first, so that a slip shows within seconds. Ends with vitest's summary.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import path from 'node:path'
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
const REPORTS = path.join('build', 'test-reports')

/** Tests of the project named, their results into a file; answers the exit code. */
async function half(project) {
  const child = spawn(bin('vitest'), ['run', '--project', project, '--reporter', 'dot', '--reporter', 'blob', `--outputFile.blob=${path.join(REPORTS, `${project}.json`)}`], { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
  // A page must answer as at a desk; what only computes takes the rest of the cores.
  if (project === 'unit' && child.pid !== undefined) setPriority(child.pid, 5)
  const [code] = await once(child, 'close')
  return code ?? 1
}
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
if (chosen.length > 0) step('tests', bin('vitest'), ['run', ...chosen])
else {
  // Tests in a browser wait more than they compute, so both kinds share the cores; then one summary of all.
  process.stdout.write('\n> tests\n')
  rmSync(path.join(root, REPORTS), { recursive: true, force: true })
  const codes = await Promise.all(['unit', 'e2e'].map(half))
  step('all results', bin('vitest'), ['run', `--merge-reports=${REPORTS}`, '--reporter', 'default'])
  // What stops a whole half, before or beside its tests, is in no result.
  if (codes.some((code) => code !== 0)) process.exit(1)
}
