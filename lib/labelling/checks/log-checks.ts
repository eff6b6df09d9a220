import type { LogFacts } from './facts'
import type { Check, Place } from './types'

const SAME = ['verb', 'user', 'group', 'resource', 'subresource', 'namespace', 'name'] as const

export const LOG_CHECKS: readonly Check[] = [
  {
    id: 'repeated-stage', group: 'log', severity: 'wrong',
    title: 'Lines that stand in the log twice',
    why: 'A request is logged once for each stage. The same stage again is a line sent twice (a webhook that tried again) or two logs put together.',
    todo: 'Import the log without them: they count double in every figure.',
    find: repeatedStages,
  },
  {
    id: 'same-request', group: 'log', severity: 'look',
    title: 'The same request under two auditIDs',
    why: 'Same microsecond, user, verb and object: two API servers logged one request, or the capture holds a copy under new ids.',
    todo: 'Keep one of them, or put both into the same part of every split.',
    find: sameRequests,
  },
  {
    id: 'no-audit-id', group: 'log', severity: 'wrong',
    title: 'Lines without an auditID',
    why: 'Stages are joined by it, and labels stand by it: all lines without one share a single label.',
    todo: 'Give them ids before the import, or leave them out.',
    find: (facts) => facts.input.log.auditIDs.flatMap((id, request) => (id === '' ? facts.linesOf(request).map((line) => ({ line, note: 'no auditID' })) : [])),
  },
  {
    id: 'shared-audit-id', group: 'log', severity: 'wrong',
    title: 'Different requests under one auditID',
    why: 'Stages of one request have the same user, verb and object. Where they differ, two requests share an id, and one label.',
    todo: 'See where the log was put together; give one of them another id.',
    find: sharedIds,
  },
  {
    id: 'no-time', group: 'log', severity: 'wrong',
    title: 'Lines without a time',
    why: 'Order is all that a model sees of time; lines without it stand at the end.',
    todo: 'Mend requestReceivedTimestamp in the log and import it again.',
    find: (facts) => facts.input.log.request.flatMap((_, line) => (facts.lineTime(line) === null ? [{ line, note: 'no time that can be read' }] : [])),
  },
]

function repeatedStages(facts: LogFacts): Place[] {
  return facts.input.log.auditIDs.flatMap((id, request) => {
    const lines = facts.linesOf(request)
    if (lines.length < 2 || id === '') return []
    const seen = new Set<string>()
    return lines.flatMap((line) => {
      const stage = facts.text('stage', line)
      if (!seen.has(stage)) {
        seen.add(stage)
        return []
      }
      return [{ line, note: `stage ${stage || 'unknown'} again` }]
    })
  })
}

function sameRequests(facts: LogFacts): Place[] {
  const { log } = facts.input
  const seen = new Map<string, number>()
  return log.auditIDs.flatMap((_, request) => {
    const line = facts.lineOf(request)
    const at = facts.lineTime(line)
    if (at === null) return []
    const key = `${at} ${SAME.map((column) => log[column][line]).join(' ')}`
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, request)
      return []
    }
    return [{ line, note: `as auditID ${log.auditIDs[first] ?? ''}` }]
  })
}

function sharedIds(facts: LogFacts): Place[] {
  const { log } = facts.input
  return log.auditIDs.flatMap((id, request) => {
    const [first, ...rest] = facts.linesOf(request)
    if (first === undefined || rest.length === 0 || id === '') return []
    const other = rest.find((line) => SAME.some((column) => log[column][line] !== log[column][first]))
    if (other === undefined) return []
    const columns = SAME.filter((column) => log[column][other] !== log[column][first])
    return [{ line: other, note: `${columns.join(', ')} differ from its first line` }]
  })
}
