import { visibleText } from '@/lib/contexts/visible-text'
import { VERB_CLASS_IDS } from '@/lib/labels/verbs'

const VERB_OF = new Map<string, string>(Object.entries(VERB_CLASS_IDS).map(([verb, id]) => [String(id), verb]))

/** A label's key as people read it: "/pods|exec|1|1|1" is "create pods/exec". Its names come out of a log: they are shortened, and what hides is shown. */
export function classTitle(key: string): string {
  const parts = visibleText(key.slice(0, 300)).split('|')
  const [resource = '', subresource = '', verb = '', namespaced = '', single = ''] = parts
  if (parts.length !== 5) return parts.join('|')
  const slash = resource.indexOf('/')
  const [group, name] = slash < 0 ? ['', resource] : [resource.slice(0, slash), resource.slice(slash + 1)]
  const kind = `${name}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}`
  const notes = [...(namespaced === '1' ? [] : ['cluster-wide']), ...(single === '1' ? [] : ['many'])]
  return `${VERB_OF.get(verb) ?? verb} ${kind}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}
