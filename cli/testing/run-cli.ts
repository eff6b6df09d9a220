import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/auditweave.mjs', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface CliResult { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the command as a person would, in a process of its own. */
export function runCli(args: readonly string[], options: { input?: Uint8Array | string; env?: Record<string, string> } = {}): CliResult {
  const result = spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, input: options.input, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...options.env } })
  return { code: result.status, stdout: result.stdout, stderr: result.stderr }
}
