import { STARTER_WATCHES } from '@/lib/live/starter-watches'
import type { PathNode } from '@/lib/query'
import { LINE_PATHS, type LogLines } from '../log-lines'
import { evasionReport } from './evasion'
import { falseAlarmsReport } from './false-alarms'
import { logTimes, malfunctionReport } from './malfunction'
import type { CaseReports } from './report'
import { tokenReport } from './token'
import { watchHits, watchPaths } from './watch-hits'

export type * from './report'

/** The columns that the cases read: `new EventColumns({ paths: casePaths() })`. */
export function casePaths(): PathNode[] {
  return [...LINE_PATHS, ...watchPaths(STARTER_WATCHES)]
}

/** All that the pages of the use cases show of a log whose contexts are known. */
export function caseReports(lines: LogLines): CaseReports {
  const hits = watchHits(lines, STARTER_WATCHES)
  const [firstMicros, lastMicros] = logTimes(lines)
  return {
    log: { lines: lines.size, requests: lines.requests, contexts: lines.columns.found.contexts.length, firstMicros, lastMicros },
    malfunction: malfunctionReport(lines), falseAlarms: falseAlarmsReport(lines, hits), evasion: evasionReport(lines, hits), token: tokenReport(lines, hits),
  }
}
