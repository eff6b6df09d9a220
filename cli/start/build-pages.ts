import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { isLock, takeLock } from '@/lib/store/cluster/lock-file'

const SOURCES = ['app', 'components', 'lib', 'generated', 'experiments', 'next.config.ts', 'proxy.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json']
const WAIT_MS = 300_000

/** Builds the pages unless the last build is newer than every source. `say` hears that it takes a while; an abort kills the build. */
export async function buildPages(root: string, logFile: string, say: (text: string) => void, signal: AbortSignal): Promise<void> {
  if (await isBuilt(root)) return
  mkdirSync(path.join(root, 'build'), { recursive: true })
  const lockFile = path.join(root, 'build', 'pages.lock')
  for (let waited = 0; !signal.aborted; waited += 500) {
    const lock = takeLock(lockFile, 'building the pages')
    if (isLock(lock)) {
      try {
        if (!(await isBuilt(root))) await build(root, logFile, say, signal)
      } finally {
        lock.release()
      }
      return
    }
    if (waited > WAIT_MS) throw new AuditweaveError('build-busy', `Process ${lock.pid} has been building the pages for ${WAIT_MS / 1000} s. Stop it and start again.`)
    await sleep(500)
  }
}

/** There while a build is under way: one that was cut off must not be taken for whole. */
function unfinishedMark(root: string): string {
  return path.join(root, 'build', 'pages.unfinished')
}

async function isBuilt(root: string): Promise<boolean> {
  const id = path.join(root, '.next', 'BUILD_ID')
  if (!existsSync(id) || existsSync(unfinishedMark(root))) return false
  const built = statSync(id).mtimeMs
  for (const source of SOURCES) if ((await newest(path.join(root, source))) > built) return false
  return true
}

/** The latest change in a file or folder, tests left out. */
async function newest(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  if (found === null) return 0
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(file) ? 0 : found.mtimeMs
  const names = await readdir(file)
  const times = await Promise.all(names.map((name) => newest(path.join(file, name))))
  return Math.max(0, ...times)
}

async function build(root: string, logFile: string, say: (text: string) => void, signal: AbortSignal): Promise<void> {
  say('Building the pages; this is done once and takes half a minute or so …')
  writeFileSync(unfinishedMark(root), '')
  const log = openSync(logFile, 'w', 0o600)
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [next, 'build'], { cwd: root, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }, stdio: ['ignore', log, log] })
  const stop = () => { child.kill('SIGKILL') }
  process.once('exit', stop)
  signal.addEventListener('abort', stop, { once: true })
  const status = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)))
  process.off('exit', stop)
  signal.removeEventListener('abort', stop)
  closeSync(log)
  if (signal.aborted) return
  if (status !== 0 || !existsSync(path.join(root, '.next', 'BUILD_ID'))) throw new AuditweaveError('build-failed', `The pages could not be built: ${readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n')}\nThe whole output is in ${logFile}.`)
  rmSync(unfinishedMark(root), { force: true })
}
