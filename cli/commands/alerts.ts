import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { readAudit } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { foldAlerts, type FoldedAlerts } from '@/lib/alerts/fold'
import { LINE_PATHS, LogLines } from '@/lib/alerts/log-lines'
import { readAlerts, type ReadAlerts } from '@/lib/alerts/read-alerts'
import { QueriedLog } from '@/lib/contexts/queried-log'
import { safeJson, visibleText } from '@/lib/contexts/visible-text'
import { formatTable, writeOutput } from '../output'
import { startProgress } from '../progress'
import { tellReport } from '../tell-report'

interface AlertsSettings { readonly json?: boolean; readonly top: string }

/** `auditweave alerts INPUT ALERTS`: what another tool said of single requests, folded into contexts. */
export function alertsCommand(): Command {
  return new Command('alerts')
    .description('Folds the alerts of another tool (Falco\'s JSON output, or JSON lines that each name an auditID) into the contexts of a log. docs/use-cases.md shows it.')
    .argument('<input>', 'an audit log; - for standard input')
    .argument('<alerts>', 'its alerts, one JSON object a line; - for standard input')
    .option('--top <n>', 'how many commands are printed; everything with --json', '20')
    .option('--json', 'print one JSON object')
    .action(async (input: string, file: string, settings: AlertsSettings) => {
      if (input === '-' && file === '-') throw new AuditweaveError('wrong-use', 'The log and the alerts cannot both come from standard input: name a file for one of them.')
      const top = readTop(settings.top)
      const read = await readAlerts(openSource(file), gunzipNative)
      const bar = startProgress('Reading', await sourceSize(input))
      const log = new QueriedLog({ paths: LINE_PATHS })
      const { events, report } = readAudit(openSource(input), { onProgress: (bytes) => bar.update(bytes) })
      for await (const batch of events) log.add(batch)
      bar.end()
      const folded = foldAlerts(read.alerts, new LogLines(log.finish().columns))
      await writeOutput('-', one(settings.json ? `${safeJson({ ...folded, skipped: read.skipped, beyond: read.beyond })}\n` : foldedText(folded, read, top)))
      tellReport(report)
    })
}

function readTop(text: string): number {
  const top = Number(text)
  if (!Number.isInteger(top) || top < 0 || text.trim() === '') throw new AuditweaveError('wrong-use', `--top ${text.slice(0, 40)} is no number of commands: write one such as 20.`)
  return top
}

const plural = (count: number, one: string): string => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

function foldedText(folded: FoldedAlerts, read: ReadAlerts, top: number): string {
  const { alerts, contexts, commands, rules, found } = folded
  const parts = [
    `${plural(alerts, 'alert')}, ${plural(contexts.length, 'context')}${commands.length < contexts.length ? ` of ${plural(commands.length, 'command')}` : ''}.`,
    `Found by auditID: ${found.byAuditID}, by time: ${found.byTime}. In no context: ${found.background} of the control plane's own, ${found.notInLog} not in the log, ${found.notTold} that cannot be told apart.`,
    ...(read.skipped > 0 ? [`${plural(read.skipped, 'line')} of the file hold${read.skipped === 1 ? 's' : ''} no alert, the first is line ${read.firstSkipped}.`] : []),
    ...(read.beyond > 0 ? [`${plural(read.beyond, 'alert')} beyond the limit were left out.`] : []),
    '',
    formatTable([['rule', 'severity', 'alerts', 'contexts', 'commands', 'in none'], ...rules.map((rule) => [rule.rule, rule.severity, ...[rule.alerts, rule.contexts, rule.commands, rule.outside].map(String)].map(visibleText))]),
    '',
    formatTable([['alerts', 'contexts', 'began with', 'who did what'], ...commands.slice(0, top).map(({ first, alerts: count, contexts: its }) => [
      String(count), String(its), first.context, `${first.user ?? 'nobody known'} ${first.verb ?? ''} ${first.object} (${first.agent?.split(' ')[0] ?? 'no client named'})`,
    ].map(visibleText))]),
    ...(commands.length > top ? [`and ${plural(commands.length - top, 'command')} more: --top, or --json for all`] : []),
  ]
  return `${parts.join('\n')}\n`
}

async function* one(text: string): AsyncGenerator<string> {
  yield text
}
