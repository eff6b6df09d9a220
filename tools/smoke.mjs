// Every experiment at its smallest scale, as a person would call it: `experiment run all --scale smoke` on an empty data folder, then all reports as files.
// Every run must be done. It should take under five minutes on two cores; the time is told and never fails: another machine may be slow.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const MOST_SECONDS = 300
const root = fileURLToPath(new URL('..', import.meta.url))
const home = mkdtempSync(path.join(tmpdir(), 'auditweave-smoke-'))
// PostgreSQL, which does not run as root, must reach it.
chmodSync(home, 0o755)
/** Of two cores, or of the one there is; below that somebody else was at work. */
const OURS = 0.6
const TICKS_A_SECOND = 100

function auditweave(...args) {
  const { status, stdout } = spawnSync(process.execPath, [path.join(root, 'bin', 'auditweave.mjs'), ...args], { cwd: root, env: { ...process.env, AUDITWEAVE_HOME: home, DATABASE_URL: '' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 })
  if (status !== 0) fail(`auditweave ${args.join(' ')} ended with ${status}.`)
  return stdout
}

/** Seconds of processor time of all processes that this one has waited for; null where the system does not say. */
function childSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND
  } catch {
    return null
  }
}

function fail(message) {
  throw new Error(message)
}

try {
  const [began, before] = [performance.now(), childSeconds()]
  const ended = JSON.parse(auditweave('experiment', 'run', 'all', '--scale', 'smoke', '--json'))
  const seconds = (performance.now() - began) / 1000
  const worked = childSeconds() === null ? null : childSeconds() - before
  const ours = worked !== null && worked / (seconds * Math.min(2, availableParallelism())) > OURS
  for (const { experiment, runs } of ended) if (runs.done !== runs.total) fail(`${experiment}: ${runs.done} of ${runs.total} runs are done.`)
  auditweave('experiment', 'report', 'all', '-o', path.join(home, 'reports'))
  const without = ended.filter(({ experiment }) => !readdirSync(path.join(home, 'reports', experiment)).includes('report.md'))
  if (without.length > 0) fail(`No report of ${without.map(({ experiment }) => experiment).join(', ')}.`)
  const runs = ended.reduce((sum, one) => sum + one.runs.total, 0)
  process.stdout.write(`${ended.length} experiments, ${runs} runs, ${seconds.toFixed(0)} s, ${worked?.toFixed(0) ?? 'unknown'} s of processors${ours ? '' : ' that others used too'}\n`)
  if (seconds > MOST_SECONDS && ours) process.stderr.write(`That is over the ${MOST_SECONDS} s that it should take on two cores.\n`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  rmSync(home, { recursive: true, force: true })
}
