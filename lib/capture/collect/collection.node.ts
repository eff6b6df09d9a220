import type { Cluster } from '../cluster/cluster.node.ts'
import { tokenFinder } from '../names'
import { tokenHomes } from '../plan'
import type { Plan } from '../plan-types'
import { Collector } from './collector.node.ts'
import { graceOf, openLog, type LogPlace } from './source.node.ts'
import { Spool } from './spool.node.ts'

export interface CollectionOptions {
  readonly cluster: Cluster
  readonly log: LogPlace
  readonly folder: string
  readonly keepSecrets: boolean
  readonly signal: AbortSignal
  tell(message: string): void
}

/** How long the last lines are waited for, in milliseconds, beyond what they may be on their way. */
const DRAIN_MS = 3000

/** A log that is being collected. */
export interface Collection { /** Requests sent before the log was looked at. */ readonly since: number; readonly spool: Spool; readonly collector: Collector; finish(): Promise<void>; discard(): Promise<void> }

/** Begins to collect the log into a folder. @throws AuditweaveError 'cannot-read', 'cannot-listen' */
export async function collect(plans: readonly Plan[], { cluster, log, folder, keepSecrets, tell, signal }: CollectionOptions): Promise<Collection> {
  const spool = await Spool.create(`${folder}/.audit.partial`)
  const [ids, since] = [cluster.sent, cluster.sent.length]
  const known = new Set<string>()
  let looked = 0
  const isOurs = (auditID: string): boolean => {
    for (; looked < ids.length; looked++) known.add(ids[looked]?.auditID ?? '')
    return known.has(auditID)
  }
  const collector = new Collector({ spool, scrubber: cluster.scrubber, tokens: tokenHomes(plans), find: tokenFinder(plans.map(({ id }) => id)), isOurs, grace: graceOf(log) })
  const source = await openLog(log, folder, { keepSecrets, onEvent: (event) => collector.take(event), onReject: () => { collector.rejected++ } }).catch(async (error: unknown) => {
    await spool.discard()
    throw error
  })
  tell(`Collecting the audit log from ${source.described}.`)
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await source.catchUp()
    await source.stop()
  }
  return {
    since, spool, collector,
    finish: async () => {
      const answered = (): readonly (readonly string[])[] => cluster.sent.slice(since).filter(({ status }) => status !== null).map(({ auditID, answeredID }) => [auditID, answeredID ?? auditID])
      if (!signal.aborted) await collector.drain(answered, graceOf(log) + DRAIN_MS)
      await stop()
    },
    discard: async () => {
      await stop()
      await spool.discard()
    },
  }
}
