import { VERB_CLASS_IDS, verbClass } from './verbs'

/** As much of a label as its equality looks at; parts may be missing in files written by others. */
export interface LabelLike {
  readonly resource?: string | null
  readonly subresource?: string | null
  readonly verb?: string | null
  readonly namespaced?: boolean | null
  readonly single?: boolean | null
}

/**
 * Two labels are equal when their keys are: resource, sub-resource, verb class id, namespaced,
 * single, e.g. `pods|exec|1|1|1`. The API group takes no part, as in the truth format's scorer.
 */
export function labelKey(label: LabelLike): string {
  const known = label.verb == null ? null : verbClass(label.verb)
  const verb = known === null ? (label.verb ?? 0) : VERB_CLASS_IDS[known]
  return `${label.resource ?? ''}|${label.subresource ?? ''}|${verb}|${label.namespaced ? 1 : 0}|${label.single ? 1 : 0}`
}
