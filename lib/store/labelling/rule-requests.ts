import type { SeenRequest } from '@/lib/labelling/background/apply'
import { readEvidence } from './evidence'
import { labelsSince } from './labels-since'
import { suggesting } from './learnings'

/** Every request of a data set as rules see it, in log order; null while no reconstruction has asked the rules. */
export async function ruleRequests(datasetId: string): Promise<SeenRequest[] | null> {
  const source = await suggesting(datasetId)
  if (source === null) return null
  const { labels } = await labelsSince({ datasetId, assignment: null }, 0)
  const given = new Map(labels.map((one) => [one.auditID, one]))
  return (await readEvidence(source.id)).map(({ auditID, role: suggested, rules: met }) => {
    const label = given.get(auditID)
    return { auditID, met, suggested, standing: label?.standing ?? 'unlabelled', role: label?.role ?? null, seen: label?.newest ?? 0 }
  })
}
