import { AuditweaveError } from '@/lib/audit/errors'
import type { Budget } from '@/lib/experiments/launch-options'
import { reportMarkdown } from '@/lib/experiments/report/markdown'
import type { Carried } from '../../experiments/carry-out'
import { closingRecords, closingTable } from '../../experiments/tell-findings'
import { formatTable, printJson } from '../../output'

/** What `--budget` and `--max-runs` say together; undefined where neither was given. */
export function budgetOf({ budget, maxRuns }: { readonly budget?: number; readonly maxRuns?: number }): Budget | undefined {
  if (budget === undefined && maxRuns === undefined) return undefined
  return { ...(budget === undefined ? {} : { seconds: budget }), ...(maxRuns === undefined ? {} : { runs: maxRuns }) }
}

/** The report of one launch, the closing table of several. @throws AuditweaveError 'runs-failed' after it, so that whoever waits for the command hears of it */
export function print(carried: readonly Carried[], json: boolean): void {
  const [only] = carried
  if (carried.length === 1 && only) {
    if (json) printJson(only.report)
    else process.stdout.write(reportMarkdown(only.report))
  } else if (json) printJson(closingRecords(carried))
  else process.stdout.write(`${formatTable(closingTable(carried))}\n`)
  const count = (state: 'failed' | 'stopped'): number => carried.reduce((sum, { launch }) => sum + launch.runs[state], 0)
  const launches = carried.map(({ launch }) => launch.id).join(', ')
  if (count('failed') > 0) throw new AuditweaveError('runs-failed', `${count('failed')} runs failed, as said above. auditweave experiment resume LAUNCH --failed tries them again (launches: ${launches}).`)
  if (count('stopped') > 0) throw new AuditweaveError('runs-stopped', `${count('stopped')} runs were stopped, by a person or because the budget is spent. The same command goes on with them, with a larger --budget where that is spent.`)
}
