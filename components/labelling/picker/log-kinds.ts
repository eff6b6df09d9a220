import type { LabelledKind } from '@/lib/labelling/picker/all-labels'
import type { LabellingLog } from '@/lib/labelling/types'

/** Every kind of object that a log has. */
export function kindsOf(log: LabellingLog): LabelledKind[] {
  const found = new Map<string, LabelledKind>()
  for (let line = 0; line < log.lines; line++) {
    const key = `${log.group[line]} ${log.resource[line]} ${log.subresource[line]}`
    if (found.has(key)) continue
    const [group = '', resource = '', subresource = ''] = [log.group, log.resource, log.subresource].map((column) => log.texts[column[line] ?? -1] ?? '')
    found.set(key, { group, resource, subresource, namespaced: (log.namespace[line] ?? -1) >= 0 })
  }
  return [...found.values()]
}
