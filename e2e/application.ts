import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { inject } from 'vitest'
import { BIN, makeNewHome } from './new-home'

export { makeNewHome, removeHome } from './new-home'

export interface Application {
  readonly url: string
  readonly home: string
  readonly process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** SIGTERM, then waits; the exit code. */
  stop(): Promise<number | null>
}

/** Starts the whole application on a free port, as `npm start` does, in a data folder of its own unless given one. */
export async function startApplication(options: { home?: string; args?: readonly string[]; env?: Record<string, string> } = {}): Promise<Application> {
  const home = options.home ?? makeHome()
  const port = await freePort()
  const child = spawn(process.execPath, [BIN, 'start', '--port', String(port), ...(options.args ?? [])], { env: { ...process.env, AUDITWEAVE_HOME: home, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const url = await address(child, () => text)
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return { url, home, process: child, output: () => text, stop }
}

/** `auditweave start` where it is to fail: its exit code and what it said. */
export function refusedStart(home: string, args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'start', ...args], { env: { ...process.env, AUDITWEAVE_HOME: home }, encoding: 'utf8', timeout: 60_000 })
  return { code: status, stdout, stderr }
}

/** A data folder whose database is made already, and empty. */
export function makeHome(): string {
  const home = makeNewHome()
  // cp keeps whose the files are, as the server insists on.
  const { status, stderr } = spawnSync('cp', ['-a', `${inject('preparedHome')}/.`, home], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return home
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const START_MS = 180_000

async function address(child: ChildProcess, output: () => string): Promise<string> {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output())
    if (found) return found[0]
    if (child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`The application did not start:\n${output()}`)
}
