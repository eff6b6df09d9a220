import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export interface KeptOptions {
  readonly name: string
  /** Arguments of node. */
  readonly parameters: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  say(text: string): void
  /** It crashed too often to be started again. */
  onGivenUp(message: string): void
}

const MOST_CRASHES = 5
const WITHIN_MS = 60_000
const STOP_MS = 8000
const LOG_BYTES = 20 << 20

/** A child process that is started again when it crashes, and told to end with us. Its output goes to a log file. */
export class KeptProcess {
  #child: ChildProcess | null = null
  #stopping = false
  #crashes: number[] = []
  readonly #options: KeptOptions

  constructor(options: KeptOptions) {
    this.#options = options
    if ((statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) writeFileSync(options.logFile, '')
  }

  get running(): boolean {
    return this.#child !== null
  }

  start(): void {
    const { parameters, cwd, env, logFile } = this.#options
    const log = openSync(logFile, 'a', 0o600)
    // In a session of its own: Ctrl-C reaches us alone, and we end it in order.
    const child = spawn(process.execPath, parameters, { cwd, env, detached: true, stdio: ['ignore', log, log, 'ipc'] })
    closeSync(log)
    this.#child = child
    child.once('error', (error) => void this.#ended(child, error.message))
    child.once('exit', (code, signal) => void this.#ended(child, signal === null ? `exit code ${code}` : signal))
  }

  /** Asks it to end, and makes it after 8 s. */
  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child === null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const late = new AbortController()
    await Promise.race([gone, sleep(STOP_MS, undefined, { signal: late.signal }).catch(() => {})])
    late.abort()
    if (this.#child !== null) child.kill('SIGKILL')
  }

  /** The end of its output. */
  tail(lines = 8): string {
    return readFileSync(this.#options.logFile, 'utf8').trim().split('\n').slice(-lines).join('\n')
  }

  async #ended(child: ChildProcess, how: string): Promise<void> {
    if (this.#child !== child) return
    this.#child = null
    if (this.#stopping) return
    const now = Date.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < WITHIN_MS), now]
    const { name, say, onGivenUp, logFile } = this.#options
    if (this.#crashes.length > MOST_CRASHES) return onGivenUp(`The ${name} ended ${this.#crashes.length} times within a minute (${how}):\n${this.tail()}\nIts output is in ${logFile}.`)
    say(`The ${name} ended (${how}); starting it again.`)
    await sleep(500 * this.#crashes.length)
    if (!this.#stopping) this.start()
  }
}
