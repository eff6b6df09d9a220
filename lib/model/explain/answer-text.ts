import type { Slot } from '@/lib/contexts/candidates'
import { VERB_CLASS_IDS } from '@/lib/labels/verbs'
import { LABEL_VERDICT, OWN_VERDICT, SLOT_VERDICT } from './verdicts'

const VERBS = new Map<string, string>(Object.entries(VERB_CLASS_IDS).map(([verb, id]) => [String(id), verb]))

/** Whose action a slot of the linked network holds; one without words goes by its name. */
const SLOT_TEXT: ReadonlyMap<string, string> = new Map<Slot, string>([
  ['linked', 'the linked trigger'], ['object', 'the last change of the object'], ['chain', 'the last change of what explains it'], ['reference', 'the last change of what it refers to'],
  ['rival', 'the rival trigger'], ['worker', 'what its sender did before'], ['namespace', 'the last change in the namespace'], ['latest', 'the last change of all'],
])

/** A class key as people read it: `apps/deployments||1|1|1` is "create deployments.apps"; scope and number are said where they are not the usual ones. */
export function labelKeyText(key: string): string {
  const parts = key.split('|')
  if (parts.length !== 5) return key
  const [resource = '', subresource = '', verb = '', namespaced = '', single = ''] = parts
  const at = resource.lastIndexOf('/')
  const kind = at > 0 ? `${resource.slice(at + 1)}.${resource.slice(0, at)}` : resource.slice(at + 1)
  const notes = [...(namespaced === '1' ? [] : ['cluster-wide']), ...(single === '1' ? [] : ['many'])]
  return `${VERBS.get(verb) ?? verb} ${kind}${subresource ? `/${subresource}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

/** A verdict of a distilled tree in words. */
export function verdictText(verdict: string): string {
  if (verdict === OWN_VERDICT) return 'its own action'
  if (verdict.startsWith(SLOT_VERDICT)) {
    const slot = verdict.slice(SLOT_VERDICT.length)
    return `as ${SLOT_TEXT.get(slot) ?? slot}`
  }
  return labelKeyText(verdict.startsWith(LABEL_VERDICT) ? verdict.slice(LABEL_VERDICT.length) : verdict)
}
