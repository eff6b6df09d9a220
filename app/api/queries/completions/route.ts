import { asker } from '@/lib/jobs/asking/asker'
import { handle } from '../../handle'
import { completionsQuery } from '../contracts'

/** What an editor offers: values seen at a path, commonest first, with the number of lines they stand in; without a path all fields. */
export const GET = handle({ query: completionsQuery }, async ({ query: { dataset, reconstruction = null, path, prefix, limit }, request }) => {
  const log = { datasetId: dataset, reconstructionId: reconstruction }
  const said = asker().ask(path === undefined ? { kind: 'catalogue', log } : { kind: 'values', log, path, part: prefix, limit }, request.signal)
  for await (const one of said) {
    if (one.kind === 'values') return { values: one.values }
    if (one.kind === 'catalogue') return one.catalogue
  }
  return { values: [] }
})
