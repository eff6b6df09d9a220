import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { parseMicros } from '@/lib/audit/time'
import type { QueryAnswer } from '@/lib/contexts/answer-query'
import { QueriedLog, type AskableLog } from '@/lib/contexts/queried-log'
import { safeJson } from '@/lib/contexts/visible-text'
import { formatQueryError, isQueryError, parseQuery, pathsRead, type QueryNode, type RunOptions } from '@/lib/query'
import { writeOutput } from '../output'
import { startProgress } from '../progress'
import { tellReport } from '../tell-report'
import { planText } from './query/plan-text'

interface QuerySettings { readonly json?: boolean; readonly explain?: boolean; readonly now?: string }

/** `auditweave query INPUT 'QUERY'`: the contexts whose trigger matches, one JSON object a line. */
export function queryCommand(): Command {
  return new Command('query')
    .description('Answers with the contexts whose trigger matches, one JSON object a line, in time order. docs/query.md describes the language.')
    .argument('<input>', 'an audit log; - for standard input')
    .argument('<query>', 'e.g. \'verb == "delete" and count(resource == "pods") > 10\'')
    .option('--explain', 'tell instead how the query is answered: each test, what it looked at and what it left (with --json as JSON)')
    .option('--now <time>', 'what `now` stands for, e.g. 2026-11-23T07:00:00Z; the clock by default')
    .option('--json', 'answers are always JSON lines; makes the plan of --explain JSON too')
    .action(async (input: string, text: string, settings: QuerySettings) => {
      const query = parse(text)
      const options = settings.now === undefined ? {} : { now: readNow(settings.now) }
      const bar = startProgress('Reading', await sourceSize(input))
      const log = new QueriedLog({ paths: pathsRead(query) })
      const { events, report } = readAudit(openSource(input), { onProgress: (bytes) => bar.update(bytes) })
      for await (const batch of events) log.add(batch)
      bar.end()
      await writeOutput('-', settings.explain ? plan(log.finish(), query, options, settings) : lines(log.finish().answer(query, options)))
      tellReport(report)
    })
}

function parse(text: string): QueryNode {
  try {
    return parseQuery(text)
  } catch (error) {
    if (!isQueryError(error)) throw error
    throw new AuditweaveError('wrong-use', formatQueryError(text, error), { cause: error })
  }
}

function readNow(text: string): number {
  const micros = parseMicros(text)
  if (micros === null) throw new AuditweaveError('wrong-use', `--now ${text} is no time: write one such as 2026-11-23T07:00:00Z.`)
  return micros
}

async function* plan(log: AskableLog, query: QueryNode, options: Pick<RunOptions, 'now'>, { json }: QuerySettings): AsyncGenerator<string> {
  const made = log.explain(query, options)
  yield json ? `${safeJson(made)}\n` : planText(made)
}

async function* lines(answers: readonly QueryAnswer[]): AsyncGenerator<string> {
  for (const { id, label, trigger, events, first, last } of answers) yield `${safeJson({ context: id, label, trigger, events, first, last })}\n`
}
