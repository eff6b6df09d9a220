import { LEVELS } from './event'

/** One audit level of a log: how many events have it, and what it leaves out. */
export interface LevelShare {
  readonly level: string
  readonly events: number
  /** 0..1 of all events. */
  readonly share: number
  /** In plain words, what cannot be read from these events. */
  readonly cost: string
}

export interface LevelReport {
  readonly events: number
  /** From the fullest level to the barest; only levels that occur. */
  readonly levels: readonly LevelShare[]
  /** One sentence on the log as a whole. */
  readonly summary: string
}

/** Without a figure where none was measured; the figures are label accuracy of the linking rules on captures other than those they were made on. */
const COSTS: Readonly<Record<string, string>> = {
  RequestResponse: 'have request and response bodies: every link can be read (label accuracy .997 where links reach, measured on logs with bodies).',
  Request:
    'have no response bodies: uids that the server gave, and owners and involved objects in what it answered, cannot be read from them; names, namespaces and what the client sent still link.',
  Metadata:
    'have no bodies: owner, uid and involvedObject links cannot be read from them; names, namespaces, users and times remain (label accuracy .95 to .975 of the linking rules, measured with all bodies stripped).',
  None: 'have level None, which policies use to leave events out: nothing but the request line can be read from them.',
  unknown: 'have no level that is known: they are read as far as their fields go.',
}
const FULLEST_FIRST: readonly string[] = [...LEVELS.toReversed(), 'unknown']

function summarise(events: number, levels: readonly LevelShare[]): string {
  if (events === 0) return 'There are no events, so there is no level to report.'
  const full = levels.find(level => level.level === 'RequestResponse')
  if (full?.events === events) return 'Every event has both bodies: nothing is lost.'
  if (!full) return 'No event has a response body. Set the audit policy to level RequestResponse for what you want to follow (leave Secrets and token reviews at Metadata).'
  return `${percent(full.share)} of the events have both bodies; links that need a body are lost on the rest. Secrets and token reviews belong at Metadata; raise the others in the audit policy if their contexts matter.`
}

function percent(share: number): string {
  const text = (100 * share).toFixed(1)
  // neither all nor none may be claimed by rounding
  if (text === '100.0' && share < 1) return '>99.9%'
  return text === '0.0' && share > 0 ? '<0.1%' : `${text}%`
}

/** Which audit levels a log has, the share of each and its cost. `counts` is `ReadReport.levels`. */
export function levelReport(counts: Readonly<Record<string, number>>): LevelReport {
  const events = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const names = [...new Set([...FULLEST_FIRST, ...Object.keys(counts)])]
  const levels = names
    .filter(level => Object.hasOwn(counts, level) && (counts[level] ?? 0) > 0)
    .map(level => {
      const count = counts[level] ?? 0
      return { level, events: count, share: count / events, cost: `${count.toLocaleString('en')} events ${COSTS[level] ?? COSTS.unknown}` }
    })
  return { events, levels, summary: summarise(events, levels) }
}

/** The report as lines of text, e.g. `RequestResponse  95.0%  51,615 events have ...`. */
export function formatLevelReport(report: LevelReport): string[] {
  const width = Math.max(0, ...report.levels.map(level => level.level.length))
  return [...report.levels.map(level => `${level.level.padEnd(width)}  ${percent(level.share).padStart(6)}  ${level.cost}`), report.summary]
}
