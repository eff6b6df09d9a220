import { describeReport, type ReadReport } from '@/lib/audit/report'
import { say } from './output'

/** What was odd about a log that was read: an early end, rejected lines and notes by reason, each with its first line. */
export function tellReport(report: ReadReport): void {
  for (const sentence of describeReport(report)) say(sentence)
}
