import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '@/lib/store/home'
import type { ChildMessage } from './contracts'

const TAIL = 4000

export interface Child {
  /** How it ended, and the end of what it printed. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>
  tell(message: ChildMessage): void
  kill(): void
}

export type ChildName = 'run-child' | 'reconstruct-child' | 'import-child' | 'explain-child' | 'derive-child' | 'rescore-child'

/** Starts a process that works for this worker and ends with it (its IPC channel breaks). */
export function spawnChild(name: ChildName, parameters: readonly string[], env: Record<string, string> = {}): Child {
  const root = projectRoot()
  const flags = ['--experimental-wasm-relaxed-simd', path.join(root, 'bin', 'child.mjs'), name]
  const child = spawn(process.execPath, [...flags, ...parameters], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let output = ''
  const keep = (part: Buffer) => { output = (output + part.toString()).slice(-TAIL) }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return {
    ended: new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: -1, signal: null, output: error.message }))
      child.once('close', (code, signal) => resolve({ code, signal, output }))
    }),
    tell: (message) => tell(child, message),
    kill: () => { child.kill('SIGKILL') },
  }
}

function tell(child: ChildProcess, message: ChildMessage): void {
  // It may have ended meanwhile.
  if (child.connected) child.send(message, () => {})
}
