import type { AuditEvent } from '@/lib/audit/event'
import { Cluster } from '@/lib/contexts/testing/cluster/cluster'
import { background, type Operation } from '@/lib/contexts/testing/cluster/operations'
import type { Profile } from '@/lib/contexts/testing/cluster/profile'
import { Random } from '@/lib/contexts/testing/cluster/random'
import type { ScoredRecord } from '@/lib/contexts/score'

/** A log of a cluster that never was, with the truth of every line in it. */
export interface BuiltLog {
  readonly events: AuditEvent[]
  readonly truth: ScoredRecord[]
}

const WORDS = ['atlas', 'quartz', 'web', 'ledger', 'cart', 'otter', 'grid', 'db', 'mail', 'relay']

/** Several users at work at the same time, each operation on objects of its own, heartbeats beside them. */
export function buildLog(profile: Profile, operations: readonly Operation[], seed: number): BuiltLog {
  const random = new Random(seed)
  const cluster = new Cluster(profile, random)
  const namespaces = ['default', `team-${random.suffix(3)}`, 'prod']
  let end = 0
  operations.forEach((operation, i) => {
    const stage = { user: random.pick(profile.users), agent: random.pick(profile.agents), namespace: random.pick(namespaces), name: `${random.pick(WORDS)}-${random.pick(WORDS)}${i}` }
    end = Math.max(end, operation(cluster, random.between(0, 20_000) + 500, stage))
  })
  background(cluster, 0, end)
  const events = cluster.log()
  const truth = events.map(({ auditID }): ScoredRecord => {
    const context = cluster.cause.get(auditID) ?? null
    return { auditID, context, role: context === null ? 'background' : context === auditID ? 'trigger' : 'consequence' }
  })
  return { events, truth }
}
