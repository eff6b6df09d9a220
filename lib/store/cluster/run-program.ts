import { spawn, type SpawnOptions } from 'node:child_process'
import type { Account } from './account'

export interface ProgramResult { readonly status: number; readonly output: string }

/**
 * Runs one of PostgreSQL's programs as `account` and waits. In a session of its own: Ctrl-C in a terminal must not
 * reach it in the middle of its work. `capture` false when it leaves a server behind, which would hold a pipe open.
 */
export function runProgram(program: string, parameters: readonly string[], account: Account | null, capture = true): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const output: Buffer[] = []
    const stream = capture ? 'pipe' : 'ignore'
    const options: SpawnOptions = { ...account, cwd: '/', detached: true, stdio: ['ignore', stream, stream], env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } }
    const child = spawn(program, parameters, options)
    child.stdout?.on('data', (part: Buffer) => output.push(part))
    child.stderr?.on('data', (part: Buffer) => output.push(part))
    child.on('error', (error) => resolve({ status: -1, output: error.message }))
    child.on('close', (status) => resolve({ status: status ?? -1, output: Buffer.concat(output).toString() }))
  })
}
