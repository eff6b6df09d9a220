import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { QueryStream, type QueryAnswer } from '@/lib/contexts/answer-query'
import { safeJson } from '@/lib/contexts/visible-text'
import { formatQueryError, isQueryError, parseQuery, type QueryNode } from '@/lib/query'
import { writeOutput } from '../output'
import { startProgress } from '../progress'
import { tellReport } from '../tell-report'

/** `auditweave query INPUT 'QUERY'`: the contexts whose trigger matches, one JSON object a line. */
export function queryCommand(): Command {
  return new Command('query')
    .description('Answers with the contexts whose trigger matches, one JSON object a line, in time order.')
    .argument('<input>', 'an audit log; - for standard input')
    .argument('<query>', 'e.g. \'verb == "create" and objectRef.resource == "pods" and not exists(objectRef.subresource)\'')
    .option('--json', 'the same (answers are always JSON lines)')
    .action(async (input: string, text: string) => {
      const query = new QueryStream(parse(text))
      const bar = startProgress('Reading', await sourceSize(input))
      const { events, report } = readAudit(openSource(input), { onProgress: (bytes) => bar.update(bytes) })
      for await (const batch of events) query.add(batch)
      bar.end()
      await writeOutput('-', lines(query.finish()))
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

async function* lines(answers: readonly QueryAnswer[]): AsyncGenerator<string> {
  for (const { id, label, trigger, events, first, last } of answers) yield `${safeJson({ context: id, label, trigger, events, first, last })}\n`
}
