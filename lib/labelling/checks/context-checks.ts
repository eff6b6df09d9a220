import { labelKey } from '@/lib/labels/label-key'
import type { ContextFacts, LogFacts } from './facts'
import { labelWords, secondsText } from './words'
import type { Check, Place } from './types'

/** A silence of this long inside a context is worth a look: the paper's clusterer closes its windows after it. */
export const LONGEST_SILENCE_MS = 300_000

const place = (facts: LogFacts, request: number, note: string): Place => ({ line: facts.lineOf(request), note })
const inContexts = (facts: LogFacts, find: (context: ContextFacts) => Place[]): Place[] => facts.contexts.flatMap(find)

export const CONTEXT_CHECKS: readonly Check[] = [
  {
    id: 'several-triggers', group: 'contexts', severity: 'wrong',
    title: 'Several triggers in one context',
    why: 'A context is one trigger with all that followed. Two actions of a person are two contexts, even where one command made both.',
    todo: 'Give each trigger a context of its own, and its consequences with it.',
    find: (facts) => inContexts(facts, ({ id, triggers }) => triggers.slice(1).map((request) => place(facts, request, `context ${id} has ${triggers.length} triggers; this one came later`))),
  },
  {
    id: 'no-trigger', group: 'contexts', severity: 'wrong',
    title: 'Contexts without a trigger',
    why: 'Something followed, and nobody acted: the trigger is labelled otherwise, or not at all. Where the capture began later than the action, there is none to find.',
    todo: 'Label the trigger and put it into the context; where it lies before the log, call the requests background.',
    find: (facts) => inContexts(facts, ({ id, members, triggers }) => (triggers.length > 0 ? [] : [place(facts, members[0] as number, `context ${id}, ${members.length} ${members.length === 1 ? 'request' : 'requests'}`)])),
  },
  {
    id: 'before-trigger', group: 'contexts', severity: 'wrong',
    title: 'Members before their trigger',
    why: 'Nothing follows from an action that has not been asked for yet: the time of the request is when the server received it.',
    todo: 'Move the request into the context of the earlier action, or out of contexts.',
    find: (facts) => inContexts(facts, (context) => beforeTrigger(facts, context)),
  },
  {
    id: 'impossible-time', group: 'contexts', severity: 'wrong',
    title: 'Members without a time',
    why: 'A line whose time cannot be read stands at the end of the log, wherever it belongs. Whether it followed its trigger cannot be told.',
    todo: 'Mend the time in the log and import it again, or take the request out of its context.',
    find: (facts) => inContexts(facts, ({ id, members }) => members.filter((request) => facts.timeOf(request) === null).map((request) => place(facts, request, `context ${id}; its time cannot be read`))),
  },
  {
    id: 'long-silence', group: 'contexts', severity: 'look',
    title: `Contexts that fall silent for over ${secondsText(LONGEST_SILENCE_MS)}`,
    why: 'Controllers answer within seconds. After a long silence the rest mostly belongs to another action; timers (a job\'s deadline, an expiring claim) are the exception.',
    todo: 'Look at the request after the silence: if nothing ties it to the trigger, move it out.',
    find: (facts) => inContexts(facts, (context) => silences(facts, context)),
  },
  {
    id: 'mixed-labels', group: 'contexts', severity: 'wrong',
    title: 'Different labels in one context',
    why: 'Every request of a context bears the label of its trigger.',
    todo: 'Label it as its context, or move it into another.',
    find: (facts) => inContexts(facts, (context) => mixedLabels(facts, context)),
  },
]

function beforeTrigger(facts: LogFacts, { id, members, triggers }: ContextFacts): Place[] {
  const times = triggers.map((request) => facts.timeOf(request)).filter((at) => at !== null)
  if (times.length === 0) return []
  const first = Math.min(...times)
  return members.flatMap((request) => {
    const at = facts.timeOf(request)
    return at !== null && at < first ? [place(facts, request, `${secondsText(first - at)} before the trigger of context ${id}`)] : []
  })
}

function silences(facts: LogFacts, { id, members }: ContextFacts): Place[] {
  let last: number | null = null
  return members.flatMap((request) => {
    const at = facts.timeOf(request)
    if (at === null) return []
    const gap = last === null ? 0 : at - last
    last = at
    return gap > LONGEST_SILENCE_MS ? [place(facts, request, `${secondsText(gap)} after the request before it in context ${id}`)] : []
  })
}

function mixedLabels(facts: LogFacts, { id, members, triggers }: ContextFacts): Place[] {
  const lead = triggers[0] ?? members[0]
  const wanted = lead === undefined ? null : (facts.labelOf(lead)?.label ?? null)
  if (wanted === null) return []
  return members.flatMap((request) => {
    const own = facts.labelOf(request)?.label
    if (!own || labelKey(own) === labelKey(wanted)) return []
    return [place(facts, request, `${labelWords(own)}; context ${id} is ${labelWords(wanted)}`)]
  })
}
