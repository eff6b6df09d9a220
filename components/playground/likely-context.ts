import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import type { ContextRecord } from '@/lib/contexts/types'

/**
 * Which context a label without a link most likely belongs to: the latest one of that label whose trigger came before the
 * line. A network names an action, not who did it when, so this is a pointer for a reader and no evidence.
 */
export class LikelyContexts {
  readonly #byLabel = new Map<string, { readonly at: number; readonly id: string }[]>()

  /** `at` tells when a context's trigger came, in microseconds; contexts come in order of time. */
  constructor(contexts: readonly ContextRecord[], at: (context: ContextRecord) => number | null) {
    for (const context of contexts) {
      const time = at(context)
      if (!context.label || time === null) continue
      const key = labelKey(context.label)
      const list = this.#byLabel.get(key)
      if (list) list.push({ at: time, id: context.id })
      else this.#byLabel.set(key, [{ at: time, id: context.id }])
    }
  }

  of(label: ActionLabel | null, micros: number | null): string | null {
    if (!label || micros === null) return null
    return this.#byLabel.get(labelKey(label))?.findLast(({ at }) => at <= micros)?.id ?? null
  }
}
