import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Measured { readonly seconds: number; readonly peakBytes: number }

const here = fileURLToPath(new URL('.', import.meta.url))
const input = process.argv[2] ?? join(here, '../datasets/lab-a/audit.jsonl.gz')
const ROUNDS = 3
const folder = mkdtempSync(join(tmpdir(), 'auditweave-bench-'))
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const node = (script: string, args: readonly string[]): string => execFileSync(process.execPath, [join(here, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

function reconstruct(): Measured {
  const report = join(folder, 'report.json')
  node('_command.mjs', [report, 'reconstruct', input, '-o', join(folder, 'out.jsonl')])
  return JSON.parse(readFileSync(report, 'utf8')) as Measured
}

try {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    loop: JSON.parse(node('_parse-loop.mjs', [input])) as Measured,
    buffer: JSON.parse(node('_parse-buffer.mjs', [input])) as Measured,
    ours: reconstruct(),
  }))
  const seconds = { loop: median(rounds.map((r) => r.loop.seconds)), buffer: median(rounds.map((r) => r.buffer.seconds)), ours: median(rounds.map((r) => r.ours.seconds)) }
  const peak = Math.max(...rounds.map((r) => r.ours.peakBytes))
  process.stdout.write(`bare JSON.parse loop, streamed    ${seconds.loop.toFixed(2)} s\n`)
  process.stdout.write(`bare JSON.parse loop, in memory   ${seconds.buffer.toFixed(2)} s\n`)
  process.stdout.write(`auditweave reconstruct            ${seconds.ours.toFixed(2)} s, start of the process included\n`)
  process.stdout.write(`ratio to the streamed loop        ${median(rounds.map((r) => r.ours.seconds / r.loop.seconds)).toFixed(2)} (bar: at most 8)\n`)
  process.stdout.write(`ratio to the loop in memory       ${median(rounds.map((r) => r.ours.seconds / r.buffer.seconds)).toFixed(2)}\n`)
  process.stdout.write(`peak memory                       ${(peak / 2 ** 20).toFixed(0)} MiB, ${(peak / 1.5e9).toFixed(2)} of 1.5 GB (bar: at most 1)\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
