import { continues, fit, openCommand, take, type OpenCommand } from '@/lib/contexts/command/open-command'
import { stableHash } from '@/lib/contexts/context-id'
import type { EventFacts } from '@/lib/contexts/event-facts'

/** Invocations of one client that may go on at the same time; older ones are taken as ended. */
const MOST_OPEN = 16

function bestOf(open: readonly OpenCommand[], facts: EventFacts): OpenCommand | null {
  let best: OpenCommand | null = null
  for (const command of open) {
    if (!continues(command, facts)) continue
    const gain = best === null ? 1 : fit(command, facts) - fit(best, facts) || command.until - best.until
    if (gain > 0) best = command
  }
  return best
}

/** An id from the first trigger alone, the same on every run. */
export function commandId(firstAuditID: string): string {
  return `cmd-${stableHash(firstAuditID)}`
}

/**
 * Groups the triggers of one client invocation (`kubectl apply` of a list, a Helm install): requests of the same user, address and program
 * that follow one another without the time that starting a process takes. One pass in order of time; `events` as linked, one for each
 * auditID. Gives a command's id by trigger index, for commands of two triggers or more.
 */
export function groupCommands(events: readonly EventFacts[]): Map<number, string> {
  const open = new Map<string, OpenCommand[]>()
  const commands: OpenCommand[] = []
  events.forEach((facts, index) => {
    if (facts.client === null || !Number.isFinite(facts.at)) return
    const mine = open.get(facts.client) ?? []
    let command = bestOf(mine, facts)
    if (command === null) {
      command = openCommand(facts.client)
      mine.push(command)
      if (mine.length > MOST_OPEN) mine.shift()
      commands.push(command)
      open.set(facts.client, mine)
    }
    take(command, facts, facts.api ? index : -1)
  })
  const byTrigger = new Map<number, string>()
  for (const { triggers } of commands) {
    const first = events[triggers[0] ?? -1]
    if (!first || triggers.length < 2) continue
    const id = commandId(first.auditID)
    for (const trigger of triggers) byTrigger.set(trigger, id)
  }
  return byTrigger
}
