import { makeLabel } from '@/lib/labels/codec'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { ROLES } from '@/lib/labelling/types'
import { z } from 'zod'

const label = z.object({
  group: z.string().max(512), resource: z.string().min(1).max(512), subresource: z.string().max(512).nullish(),
  verb: z.string().max(64), namespaced: z.boolean(), single: z.boolean(),
})

const labelling = z.object({
  role: z.enum(ROLES as [Labelling['role'], ...Labelling['role'][]]),
  context: z.string().max(512).nullable(),
  label: label.nullable(),
})

export const AUDIT_ID = z.string().min(1).max(512)

/** Reads what our own formats say of a request; each distinct label is made once. */
export class LabellingParser {
  readonly #known = new Map<string, ActionLabel>()

  /** Throws ZodError, or AuditweaveError 'unknown-verb'. */
  parse(value: unknown): Labelling {
    const { role, context, label: parts } = labelling.parse(value)
    return { role, context, label: parts && this.label(parts) }
  }

  label(parts: z.infer<typeof label>): ActionLabel {
    const key = JSON.stringify([parts.group, parts.resource, parts.subresource ?? '', parts.verb, parts.namespaced, parts.single])
    const made = this.#known.get(key) ?? makeLabel({ ...parts, subresource: parts.subresource ?? '' })
    this.#known.set(key, made)
    return made
  }
}

/** As our formats write it: the code beside the parts, for readers who know the paper's. */
export function labellingObject({ role, context, label: of }: Labelling): { role: string; context: string | null; label: ActionLabel | null } {
  return { role, context, label: of }
}
