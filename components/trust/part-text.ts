import type { AgreementPart } from '@/lib/labelling/agreement/ratings'
import { VERB_CLASS_IDS } from '@/lib/labels/verbs'
import { classText, resourceText } from '@/components/runs/class-text'
import { visibleText } from '@/components/format/visible'

export const PART_NAMES: Readonly<Record<AgreementPart, string>> = {
  whole: 'Whole label', role: 'Role', resource: 'Resource', subresource: 'Sub-resource', verb: 'Verb class', namespaced: 'Namespaced', single: 'One or many',
}

const VERBS = new Map<string, string>(Object.entries(VERB_CLASS_IDS).map(([verb, id]) => [String(id), verb]))

/** A class of a part as people read it; a class that is a role (a request without a label) stays as it is. */
export function partText(part: AgreementPart, name: string): string {
  if (part === 'whole') return classText(name)
  if (part === 'resource') return resourceText(visibleText(name))
  if (part === 'verb') return VERBS.get(name) ?? visibleText(name)
  if (part === 'namespaced') return name === '1' ? 'in a namespace' : name === '0' ? 'cluster-wide' : name
  if (part === 'single') return name === '1' ? 'one object' : name === '0' ? 'many objects' : name
  return name === '' ? 'none' : visibleText(name)
}

/** "0.8123 [0.7712, 0.8534]"; a dash where the figure is not defined. */
export function figureText({ value, low, high }: { readonly value: number | null; readonly low: number | null; readonly high: number | null }): string {
  if (value === null) return '–'
  const range = low === null || high === null ? '' : ` [${low.toFixed(4)}, ${high.toFixed(4)}]`
  return `${value.toFixed(4)}${range}`
}
