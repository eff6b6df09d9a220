import { isHelm, releaseRecord } from '@/lib/contexts/command/client'
import { isMutating } from '@/lib/contexts/effects'
import type { EventFacts } from '@/lib/contexts/event-facts'

/** A client's next request follows the answer to the one before within this time; starting a process anew takes longer. Measured on kubectl: 5 ms against 60 ms. */
const IDLE_MICROS = 45_000
/** Between polls, while Helm waits for a hook or a rollout. */
const WAIT_MICROS = 2_500_000

/** Between reading an object and writing it back, as apply, edit and scale do. */
const REWRITE_MICROS = 250_000
const REWRITES = new Set(['create', 'patch', 'update'])

/** A client invocation that may still go on. */
export interface OpenCommand {
  readonly client: string
  readonly triggers: number[]
  until: number
  manager: string | null
  namespace: string
  name: string | null
  /** Resource whose object it read last, null after anything else. */
  hasRead: string | null
  release: string | null
  /** Something was written besides the release's record. */
  wrote: boolean
  /** Helm has written how its operation ended: what comes later is another. */
  concluded: boolean
}

export function openCommand(client: string): OpenCommand {
  return { client, triggers: [], until: -Infinity, manager: null, namespace: '', name: null, hasRead: null, release: null, wrote: false, concluded: false }
}

/** Whether the request may be the command's next: after the answer to its last, and not too long after. */
export function continues(command: OpenCommand, facts: EventFacts): boolean {
  const helm = isHelm(command.client)
  const release = helm ? releaseRecord(facts.name) ?? facts.instance : null
  if (release !== null && command.release !== null && release !== command.release) return false
  if (facts.manager !== null && command.manager !== null && facts.manager !== command.manager) return false
  const idle = facts.at - command.until
  if (idle < 0) return helm
  if (helm && !command.concluded) return idle <= WAIT_MICROS
  return idle <= (writesBack(command, facts) ? REWRITE_MICROS : IDLE_MICROS)
}

/** A write of the object that the command has just read, in a manner that kubectl always begins with reading. */
function writesBack({ name, hasRead }: OpenCommand, facts: EventFacts): boolean {
  return facts.manager !== null && facts.name !== null && facts.name === name && facts.resource === hasRead && REWRITES.has(facts.verb)
}

/** How well a request fits among several invocations of the same client at once: the same object first, then the same namespace. */
export function fit(command: OpenCommand, facts: EventFacts): number {
  if (facts.name !== null && facts.name === command.name) return 2
  return facts.namespace !== '' && facts.namespace === command.namespace ? 1 : 0
}

/** Takes the request in; `trigger` is its index, -1 for a request that acts on nothing (discovery). */
export function take(command: OpenCommand, facts: EventFacts, trigger: number): void {
  command.until = Math.max(command.until, facts.until)
  if (trigger < 0) return
  command.triggers.push(trigger)
  command.manager ??= facts.manager
  if (facts.namespace !== '') command.namespace = facts.namespace
  if (facts.name !== null) command.name = facts.name
  command.hasRead = facts.verb === 'get' ? facts.resource : null
  if (!isHelm(command.client)) return
  const record = releaseRecord(facts.name)
  command.release ??= record
  command.concluded = command.wrote && record !== null && isMutating(facts) && facts.verb !== 'create'
  command.wrote ||= record === null && isMutating(facts)
}
