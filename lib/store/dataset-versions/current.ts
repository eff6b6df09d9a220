import { labelKey } from '@/lib/labels/label-key'
import type { Labelling, Labellings } from '@/lib/labelling/dataset/labelling'
import { currentLabels } from '../labels'
import type { VersionCounts } from './types'

/** What stands of every labelled request by now; cleared ones are left out. */
export async function standingLabels(datasetId: string): Promise<Map<string, Labelling>> {
  const labels = await currentLabels(datasetId)
  return new Map([...labels].flatMap(([auditID, { role, context, label }]) => (role === null || (label === null && role !== 'background' && role !== 'nonresource' && context === null) ? [] : [[auditID, { role, context, label }] as const])))
}

export function countLabels(labels: Labellings): VersionCounts {
  const roles = { trigger: 0, consequence: 0, background: 0, nonresource: 0 }
  const contexts = new Set<string>()
  const classes = new Set<string>()
  for (const { role, context, label } of labels.values()) {
    roles[role]++
    if (context !== null) contexts.add(context)
    if (label !== null) classes.add(`${label.group} ${labelKey(label)}`)
  }
  return { labelled: labels.size, roles, contexts: contexts.size, classes: classes.size }
}
