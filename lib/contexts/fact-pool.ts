import type { Reference } from '@/lib/contexts/reference'
import { StringPool } from '@/lib/contexts/string-pool'
import type { ActionLabel } from '@/lib/labels/action-label'

/** Stages of a request mostly come close together; a later one keeps an auditID of its own. */
const RECENT_IDS = 16_384

/**
 * Keeps one copy of what the facts of a large log have in common: strings, references, labels and selectors. An object is written again and
 * again, and says the same of others each time. Keys tell the length of their parts, so that no hostile text passes for another.
 */
export class FactPool extends StringPool {
  private readonly references = new Map<string, Reference>()
  private readonly actions = new Map<string, ActionLabel>()
  private readonly lists = new Map<string, readonly string[]>()
  private recent = new Map<string, string>()
  private former = new Map<string, string>()

  /** One copy for the stages of a request, without keeping every auditID of the log at hand. */
  auditID(text: string): string {
    const known = this.recent.get(text) ?? this.former.get(text)
    if (known !== undefined) return known
    if (this.recent.size >= RECENT_IDS) [this.former, this.recent] = [this.recent, new Map()]
    this.recent.set(text, text)
    return text
  }

  reference({ relation, group, resource, namespace, name, uid }: Reference): Reference {
    const lengths = `${relation} ${group.length} ${resource.length} ${namespace.length} ${name === null ? '' : name.length} ${uid === null ? '' : uid.length} `
    const key = `${lengths}${group}${resource}${namespace}${name ?? ''}${uid ?? ''}`
    const known = this.references.get(key)
    if (known !== undefined) return known
    const kept = { relation, group: this.intern(group), resource: this.intern(resource), namespace: this.intern(namespace), name: this.internOrNull(name), uid: this.internOrNull(uid) }
    this.references.set(key, kept)
    return kept
  }

  label(label: ActionLabel): ActionLabel {
    // the code holds the verb and both flags
    const key = `${label.code} ${label.group.length} ${label.resource.length} ${label.group}${label.resource}${label.subresource}`
    const known = this.actions.get(key)
    if (known !== undefined) return known
    this.actions.set(key, label)
    return label
  }

  texts(list: readonly string[]): readonly string[] {
    const key = list.map((text) => `${text.length} ${text}`).join('')
    const known = this.lists.get(key)
    if (known !== undefined) return known
    const kept = list.map((text) => this.intern(text))
    this.lists.set(key, kept)
    return kept
  }
}
