import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CliResult } from './run-cli'

const BIN = fileURLToPath(new URL('../../bin/auditweave.mjs', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface RunningCli {
  readonly process: ChildProcess
  /** What it has said so far on stderr. */
  said(): string
  readonly result: Promise<CliResult>
}

/** Starts the command beside a test that answers it: `runCli` would stop the test's own server. */
export function spawnCli(args: readonly string[], env: Record<string, string> = {}): RunningCli {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  return { process: child, said: () => stderr, result: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })) }
}
