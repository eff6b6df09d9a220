import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { isLock, takeLock, type Lock } from '@/lib/store/cluster/lock-file'
import { ensureDatabase, type OpenDatabase } from '@/lib/store/ensure-database'
import { readEnv } from '@/lib/store/env'
import { homeFolder, homeSubfolder, projectRoot } from '@/lib/store/home'
import { clearDeadImports } from '@/lib/store/import-state'
import { say } from '../output'
import { accessToken, addressFor } from './access'
import { buildPages } from './build-pages'
import { KeptProcess } from './kept-process'
import { choosePort } from './port'
import { checkReceiver, receiverAddress, receiverCommand, type ReceiverAsked } from './own-receiver'
import { Shutdown } from './shutdown'

export interface StartOptions {
  readonly host?: string
  readonly port?: number
  /** False serves pages only. */
  readonly worker: boolean
  /** Receives audit events of a cluster there, links them as they come and lets watches look at them. */
  readonly receive?: ReceiverAsked
  /** Where alerts are posted. */
  readonly alertWebhook?: string
}

const READY_MS = 60_000

/**
 * Runs the whole application until it is told to stop: database (unless DATABASE_URL names one), pages, web server, a worker.
 * @throws AuditweaveError 'already-running', 'port-taken', 'no-free-port', 'build-failed', 'not-ready' and those of `ensureDatabase`
 */
export async function startApplication(options: StartOptions): Promise<void> {
  const lock = lockHome()
  const shutdown = new Shutdown()
  shutdown.add(async () => lock.release())
  try {
    await bringUp(options, lock, shutdown)
  } catch (error) {
    await shutdown.now()
    throw error
  }
  const message = await shutdown.requested
  await shutdown.now()
  if (message !== null) throw new AuditweaveError('gave-up', message)
  say('Stopped.')
}

async function bringUp(options: StartOptions, lock: Lock, shutdown: Shutdown): Promise<void> {
  const host = options.host ?? '127.0.0.1'
  const { token, generated } = accessToken(host)
  const port = await choosePort(host, options.port ?? readEnv().PORT)
  if (options.alertWebhook !== undefined) process.env.AUDITWEAVE_ALERT_WEBHOOK = options.alertWebhook
  readEnv()
  if (options.receive) await checkReceiver(options.receive)
  const root = projectRoot()
  const logs = homeSubfolder('logs')
  const failed = new AbortController()
  const opening = ensureDatabase().then((database) => {
    shutdown.add(() => database.release())
    return database
  })
  // A database that cannot be had is told at once, not after the build.
  opening.catch(() => failed.abort())
  const building = buildPages(root, path.join(logs, 'build.log'), say, AbortSignal.any([failed.signal, shutdown.signal]))
  await Promise.allSettled([opening, building])
  const database = await opening
  await building
  if (shutdown.asked) return
  await clearDeadImports()
  const env = childEnv(database, token, host)
  const keep = (name: string, parameters: readonly string[]) => keepRunning({ name, parameters, root, env, logs, shutdown })
  if (options.receive) {
    keep('receiver', receiverCommand(root, options.receive))
    keep('live', [path.join(root, 'bin', 'auditweave.mjs'), 'live'])
  }
  if (options.worker) keep('worker', [path.join(root, 'bin', 'auditweave.mjs'), 'worker'])
  const web = keep('web server', [path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-H', host, '-p', String(port)])
  const address = addressFor(host, port)
  await untilReady(address, web, shutdown)
  if (shutdown.asked) return
  lock.annotate(address)
  announce(address, database, token, generated)
  if (options.receive) say(`Audit events are received at ${receiverAddress(options.receive)}; watch them at ${address}/live.`)
}

/** One application a data folder. */
function lockHome(): Lock {
  const home = homeFolder()
  const lock = takeLock(path.join(home, 'start.lock'))
  if (isLock(lock)) return lock
  const where = lock.note === '' ? 'and is just starting' : `at ${lock.note}`
  throw new AuditweaveError('already-running', `Auditweave runs already on the data folder ${home} (process ${lock.pid}) ${where}. Open that, stop it first, or set AUDITWEAVE_HOME to use another folder.`)
}

function childEnv(database: OpenDatabase, token: string | null, host: string): NodeJS.ProcessEnv {
  const access = token === null ? {} : { AUDITWEAVE_TOKEN: token }
  return { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', AUDITWEAVE_HOME: homeFolder(), AUDITWEAVE_DATABASE_URL: database.address, AUDITWEAVE_LISTEN: host, ...access }
}

function keepRunning(kept: { name: string; parameters: readonly string[]; root: string; env: NodeJS.ProcessEnv; logs: string; shutdown: Shutdown }): KeptProcess {
  const { name, parameters, root, env, logs, shutdown } = kept
  const leash = new URL('leash.mjs', import.meta.url).href
  // Our own commands end by themselves when we are gone.
  const preload = name !== 'web server' ? [] : ['--import', leash]
  const child = new KeptProcess({ name, parameters: [...preload, ...parameters], cwd: root, env, logFile: path.join(logs, `${name.replace(' ', '-')}.log`), say, onGivenUp: (message) => shutdown.ask(message) })
  shutdown.add(() => child.stop())
  child.start()
  return child
}

/** Any answer below 500 will do: without a token, rights are refused politely. */
async function untilReady(address: string, web: KeptProcess, shutdown: Shutdown): Promise<void> {
  const until = Date.now() + READY_MS
  while (!shutdown.asked) {
    const answer = await fetch(`${address}/api/status`, { signal: AbortSignal.timeout(5000) }).catch(() => null)
    if (answer !== null && answer.status < 500) return
    if (Date.now() > until) throw new AuditweaveError('not-ready', `The web server does not answer at ${address}. It said:\n${web.tail()}`)
    await sleep(100)
  }
}

function announce(address: string, database: OpenDatabase, token: string | null, generated: boolean): void {
  process.stdout.write(`Auditweave is ready: ${address}\n`)
  if (generated) process.stdout.write(`Other machines can reach it, so it asks for this token: ${token}\n`)
  else if (token !== null) process.stdout.write('It asks for the token in AUDITWEAVE_TOKEN.\n')
  say(database.embedded ? `Data: ${homeFolder()}. Ctrl-C stops everything.` : 'Data: the database of DATABASE_URL. Ctrl-C stops everything but that.')
}
