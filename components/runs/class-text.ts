import { visibleText } from '@/components/format/visible'
import { VERB_CLASS_IDS } from '@/lib/labels/verbs'

const VERB_OF = new Map<string, string>(Object.entries(VERB_CLASS_IDS).map(([verb, id]) => [String(id), verb]))

/** A label's key as people read it: "pods|exec|1|1|1" is "create pods/exec"; scope and number are said where they are not the usual ones. */
export function classText(key: string): string {
  // Custom resources are named by whoever sent the request.
  const parts = visibleText(key).split('|')
  if (parts.length !== 5) return parts.join('|')
  const [resource = '', subresource = '', verb = '', namespaced = '', single = ''] = parts
  const kind = subresource ? `${resourceText(resource)}/${subresource}` : resourceText(resource)
  const notes = [...(namespaced === '1' ? [] : ['cluster-wide']), ...(single === '1' ? [] : ['many'])]
  return `${VERB_OF.get(verb) ?? verb} ${kind}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

/** "apps/deployments" as kubectl writes it, "deployments.apps"; the core group goes unsaid. */
export function resourceText(resource: string): string {
  const [group, name] = resource.includes('/') ? [resource.slice(0, resource.indexOf('/')), resource.slice(resource.indexOf('/') + 1)] : ['', resource]
  const [plural, ...rest] = name.split('/')
  return [group ? `${plural}.${group}` : plural, ...rest].join('/')
}
