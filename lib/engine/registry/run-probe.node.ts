import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from './home.node.ts'
import type { OptionalEngine } from './optional'
import type { Finding } from './probe-result'

/** A rasteriser in software needs most of it. */
const LONGEST_MS = 300_000
const TAIL = 300

/** Checks and times an engine in a process of its own; a crash or a hang there is a probe that has not passed. */
export function runProbe(engine: OptionalEngine, threads: number): Promise<Finding> {
  const child = spawn(process.execPath, ['--experimental-wasm-relaxed-simd', join(projectFolder(), 'bin', 'child.mjs'), 'probe', engine, String(threads)], {
    cwd: projectFolder(), stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let [answer, said]: [Finding | null, string] = [null, '']
  child.stderr?.on('data', (part: Buffer) => { said = (said + part.toString()).slice(-TAIL) })
  child.on('message', (message) => { answer = message as Finding })
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  return new Promise((resolve) => {
    const end = (how: string): void => {
      clearTimeout(timer)
      resolve(answer ?? { passed: false, description: engine, speed: null, message: `ended its check ${how}${said.trim() ? `, saying: ${said.trim()}` : ''}` })
    }
    child.once('error', (error) => end(`before it began (${error.message})`))
    child.once('close', (code, signal) => end(signal ? `by ${signal}` : `with status ${code}`))
  })
}
