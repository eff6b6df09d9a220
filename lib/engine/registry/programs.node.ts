import { execFile, spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'

const TAIL = 2000

export interface Program { readonly file: string; readonly parameters: readonly string[]; readonly folder: string; readonly env?: Readonly<Record<string, string>> }

/** Runs a program, without a shell, to its end. @throws AuditweaveError 'engine-install-failed' with the end of what it printed */
export function runProgram(what: string, { file, parameters, folder, env }: Program): Promise<void> {
  const child = spawn(file, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let said = ''
  const keep = (part: Buffer): void => { said = (said + part.toString()).slice(-TAIL) }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve, reject) => {
    const fail = (how: string): void => reject(new AuditweaveError('engine-install-failed', `${what} failed (${how}). ${said.trim()}`.trim()))
    child.once('error', (error) => fail(error.message))
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(signal ? `ended by ${signal}` : `status ${code}`)))
  })
}

const onPath = (name: string): string | null => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null

/** npm's own folder: that of the npm on the PATH, else of the one beside Node. @throws AuditweaveError 'npm-missing' */
export function npmFolder(): string {
  const npm = process.platform === 'win32' ? null : onPath('npm')
  const candidates = [
    ...(npm ? [dirname(dirname(realpathSync(npm)))] : []),
    join(dirname(process.execPath), 'node_modules', 'npm'), join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
  ]
  const found = candidates.find((folder) => existsSync(join(folder, 'bin', 'npm-cli.js')))
  if (!found) throw new AuditweaveError('npm-missing', 'npm was not found on the PATH nor beside Node: install npm, or put it on the PATH, and add the engine again.')
  return found
}

/** Whether NVIDIA's driver answers, which the GPU build of TensorFlow needs. */
export function nvidiaAnswers(): Promise<boolean> {
  return new Promise((resolve) => { execFile('nvidia-smi', ['-L'], { timeout: 10_000 }, (error, out) => resolve(error === null && out.includes('GPU'))) })
}
