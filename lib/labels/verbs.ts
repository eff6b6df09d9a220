/** The five verb classes; each is named by its representative. */
export type VerbClass = 'create' | 'delete' | 'get' | 'patch' | 'watch'

/** The eight verbs of API objects, as the audit log writes them. */
export const RESOURCE_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const
export type ResourceVerb = (typeof RESOURCE_VERBS)[number]

/** Class ids as the label integer holds them (paper's verb table). */
export const VERB_CLASS_IDS: Readonly<Record<VerbClass, number>> = { create: 1, delete: 2, get: 3, patch: 4, watch: 5 }

export const VERB_CLASSES = Object.keys(VERB_CLASS_IDS) as readonly VerbClass[]

// A Map, so that a verb such as "constructor" finds nothing.
const CLASS_OF_VERB: ReadonlyMap<string, VerbClass> = new Map<ResourceVerb, VerbClass>([
  ['create', 'create'],
  ['delete', 'delete'],
  ['deletecollection', 'delete'],
  ['get', 'get'],
  ['list', 'get'],
  ['patch', 'patch'],
  ['update', 'patch'],
  ['watch', 'watch'],
])

/** The class of a logged verb, or null where it is none of the eight (`post`, `connect`, `proxy`, ...). */
export function verbClass(verb: string): VerbClass | null {
  return CLASS_OF_VERB.get(verb) ?? null
}

/** The class that an id stands for, or null. */
export function verbClassOfId(id: number): VerbClass | null {
  return VERB_CLASSES[id - 1] ?? null
}
