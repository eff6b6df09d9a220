import { AuditweaveError } from '@/lib/audit/errors'
import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'
import { z } from 'zod'
import { ROLES } from '../types'
import type { Labelling } from './labelling'

const line = z.tuple([
  z.string(), z.enum(ROLES as [Labelling['role'], ...Labelling['role'][]]), z.string().nullable(),
  z.tuple([z.string(), z.string(), z.string(), z.string(), z.boolean(), z.boolean()]).nullable(),
])

/** Reads what `labelLines` wrote. @throws AuditweaveError 'not-label-lines' naming the line */
export function parseLabelLines(text: string): Map<string, Labelling> {
  const labels = new Map<string, Labelling>()
  const known = new Map<string, ActionLabel>()
  text.split('\n').forEach((entry, i) => {
    if (entry === '') return
    const [auditID, role, context, parts] = parsed(entry, i + 1)
    labels.set(auditID, { role, context, label: parts && once(known, parts) })
  })
  return labels
}

function parsed(text: string, number: number): z.infer<typeof line> {
  try {
    return line.parse(JSON.parse(text))
  } catch (cause) {
    throw new AuditweaveError('not-label-lines', `Line ${number} of the stored labels is no label: the version is damaged. Freeze the data set anew.`, { cause })
  }
}

function once(known: Map<string, ActionLabel>, parts: readonly [string, string, string, string, boolean, boolean]): ActionLabel {
  const key = JSON.stringify(parts)
  const [group, resource, subresource, verb, namespaced, single] = parts
  const label = known.get(key) ?? makeLabel({ group, resource, subresource, verb, namespaced, single })
  known.set(key, label)
  return label
}
