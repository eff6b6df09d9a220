import { Command, Option } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { safeJson } from '@/lib/contexts/visible-text'
import { describeContext } from '@/lib/contexts/describe'
import type { ContextRecord } from '@/lib/contexts/types'
import { contextGraph } from '@/lib/export/context/context-graph'
import { contextReport } from '@/lib/export/context/context-report'
import { tellContext, type ContextStory } from '@/lib/export/context/context-story'
import { graphToDot, graphToGraphml } from '@/lib/export/context/graph-files'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { version } from '@/lib/experiments/version.node.ts'
import { writeOutput } from '../output'
import { reconstructAudit } from '../reconstruct-audit'

const FORMATS = ['html', 'graphml', 'dot', 'json'] as const

interface ContextOptions { readonly format: (typeof FORMATS)[number]; readonly output?: string; readonly model: string; readonly keepSecrets?: boolean }

/** `auditweave context INPUT ID`: one context as a report to hand over, or as a graph. */
export function contextCommand(): Command {
  return new Command('context')
    .description('One context of a log: a self-contained HTML report to hand over after an incident, or a graph for Graphviz, Gephi or networkx.')
    .argument('<input>', 'an audit log, read twice, so a file')
    .argument('<id>', 'of the context, as reconstruct and query print it, or an auditID of any of its events')
    .addOption(new Option('--format <format>', 'what is written').choices([...FORMATS]).default('html'))
    .option('-o, --output <file>', 'where to; standard output otherwise')
    .option('--model <name>', 'as for reconstruct', DEFAULT_MODEL)
    .option('--keep-secrets', 'do not redact; the report then holds whatever the log does')
    .action(async (input: string, id: string, options: ContextOptions) => {
      if (input === '-') throw new AuditweaveError('wrong-use', 'The log is read twice: give a file instead of standard input.')
      const story = await read(input, id, options)
      await writeOutput(options.output, one(written(story, input, options.format)))
    })
}

async function read(input: string, id: string, { model, keepSecrets = false }: ContextOptions): Promise<ContextStory> {
  const { contexts, records } = await reconstructAudit(input, { model, method: 'linked', keepSecrets })
  const context = find(contexts, id)
  const members = new Set(context.members)
  const events: AuditEvent[] = []
  for await (const batch of readAudit(openSource(input), { keepSecrets }).events) events.push(...batch.filter(({ auditID }) => members.has(auditID)))
  return tellContext(context, records, events)
}

function find(contexts: readonly ContextRecord[], id: string): ContextRecord {
  const found = contexts.find((context) => context.id === id) ?? contexts.find((context) => context.members.includes(id))
  if (found) return found
  throw new AuditweaveError('unknown-context', `The log has no context ${id.slice(0, 80)}, and no event of that auditID is in one. auditweave query INPUT 'verb == "delete"' prints contexts with their ids.`)
}

function written(story: ContextStory, input: string, format: ContextOptions['format']): string {
  const title = describeContext(story.context)
  switch (format) {
    case 'html': return contextReport(story, { log: input.split(/[\\/]/).at(-1) ?? input, made: new Date().toISOString(), version: version() })
    case 'graphml': return graphToGraphml(contextGraph(story), title)
    case 'dot': return graphToDot(contextGraph(story), title)
    case 'json': return `${safeJson({ context: story.context, events: story.chapters.map(({ event, record, afterMs }) => ({ afterMs, record, event })) })}\n`
  }
}

async function* one(text: string): AsyncGenerator<string> {
  yield text
}
