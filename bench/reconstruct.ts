import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Seconds by the clock and of the processor, side by side: on a machine that others use, only the second is to be trusted.
interface Measured { readonly seconds: number; readonly processor: number; readonly peakBytes: number }

const here = fileURLToPath(new URL('.', import.meta.url))
const LOG = join(here, '../datasets/lab-a/audit.jsonl.gz')
const ROUNDS = 3
const TIMES = 10
const BARS = { toLoop: 6, tenfold: 11, bytes: 1.5e9 }
const folder = mkdtempSync(join(tmpdir(), 'auditweave-bench-'))
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const node = (script: string, args: readonly string[]): string => execFileSync(process.execPath, [join(here, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

function reconstruct(input: string): Measured {
  const report = join(folder, 'report.json')
  node('_command.mjs', [report, 'reconstruct', input, '-o', join(folder, 'out.jsonl')])
  return JSON.parse(readFileSync(report, 'utf8')) as Measured
}

function ratio(of: readonly Measured[], to: readonly Measured[], what: 'seconds' | 'processor'): number {
  return median(of.map((one, round) => one[what] / (to[round]?.[what] ?? Number.NaN)))
}

function line(name: string, measured: readonly Measured[]): string {
  const [seconds, processor, peak] = [median(measured.map((one) => one.seconds)), median(measured.map((one) => one.processor)), Math.max(...measured.map((one) => one.peakBytes))]
  return `${name.padEnd(36)}${seconds.toFixed(2).padStart(7)} s   ${processor.toFixed(2).padStart(7)} s   ${(peak / 2 ** 20).toFixed(0).padStart(5)} MiB\n`
}

const say = (text: string): void => void process.stdout.write(text)
const both = (of: readonly Measured[], to: readonly Measured[]): string => `${ratio(of, to, 'seconds').toFixed(2)} by the clock, ${ratio(of, to, 'processor').toFixed(2)} of the processor`

try {
  // compiled before anything is measured
  reconstruct(join(here, '../datasets/sample/audit.jsonl.gz'))
  const rounds = Array.from({ length: ROUNDS }, () => ({ loop: JSON.parse(node('_parse-loop.mjs', [LOG])) as Measured, buffer: JSON.parse(node('_parse-buffer.mjs', [LOG])) as Measured, ours: reconstruct(LOG) }))
  const [loop, buffer, ours] = [rounds.map((one) => one.loop), rounds.map((one) => one.buffer), rounds.map((one) => one.ours)]
  say(`${''.padEnd(36)}${'clock'.padStart(9)}   ${'processor'.padStart(9)}   ${'peak'.padStart(9)}\n`)
  say(line('bare JSON.parse loop, streamed', loop) + line('bare JSON.parse loop, in memory', buffer) + line('auditweave reconstruct', ours))
  say(`ratio to the streamed loop   ${both(ours, loop)} (bar: at most ${BARS.toLoop}; the start of the process and all threads included)\nratio to the loop in memory  ${both(ours, buffer)}\n`)
  const long = join(folder, 'long.jsonl.gz')
  node('_repeat.mjs', [LOG, String(TIMES), long])
  const tenfold = [reconstruct(long)]
  say(line(`auditweave reconstruct, ${TIMES} times as long`, tenfold))
  const [inSeconds, inProcessor] = (['seconds', 'processor'] as const).map((what) => (tenfold[0]?.[what] ?? Number.NaN) / median(ours.map((one) => one[what])))
  say(`ratio to the log itself      ${inSeconds?.toFixed(2)} by the clock, ${inProcessor?.toFixed(2)} of the processor (bar: at most ${BARS.tenfold})\n`)
  say(`peak memory                  ${((tenfold[0]?.peakBytes ?? Number.NaN) / 1e9).toFixed(2)} GB (bar: at most ${BARS.bytes / 1e9})\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
