import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { describeContext } from '@/lib/contexts/describe'
import { contextGraph } from '@/lib/export/context/context-graph'
import { contextReport } from '@/lib/export/context/context-report'
import { tellContext } from '@/lib/export/context/context-story'
import { graphToDot, graphToGraphml } from '@/lib/export/context/graph-files'
import { contextForFile } from '@/lib/store/context-events'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { handle } from '../../../../../handle'
import { contextParams } from '../../../contracts'

const FORMATS = {
  html: 'text/html; charset=utf-8',
  graphml: 'application/graphml+xml; charset=utf-8',
  dot: 'text/vnd.graphviz; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const

const downloadQuery = z.object({ format: z.enum(['html', 'graphml', 'dot', 'json']).default('html') })

/** One context as a file: a report to hand over, its graph, or its record with every line. */
export const GET = handle({ params: contextParams, query: downloadQuery }, async ({ params, query: { format } }) => {
  const reconstruction = await requireReconstruction(params.id)
  const found = await contextForFile(params.id, params.context)
  if (found === null) throw new AuditweaveError('unknown-context', `There is no context ${params.context} in this reconstruction; a correction may have merged it into another.`)
  const text = (): string => {
    if (format === 'json') return `${JSON.stringify({ ...found.context, records: found.records, events: found.events }, null, 2)}\n`
    const story = tellContext(found.context, found.records, found.events)
    if (format === 'html') return contextReport(story, { log: reconstruction.datasetName, made: new Date().toISOString(), version: process.env.npm_package_version ?? '1' })
    const graph = contextGraph(story)
    return format === 'dot' ? graphToDot(graph, describeContext(found.context)) : graphToGraphml(graph, describeContext(found.context))
  }
  return new Response(text(), { headers: { 'content-type': FORMATS[format], 'content-disposition': `attachment; filename="${params.context}.${format}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })
})
