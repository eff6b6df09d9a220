import { EXTENSIONS_GROUP, FURTHER_VERSIONS, KUBERNETES_ROWS } from './kubernetes-rows'
import { PAPER_ROWS } from './paper-rows'
import type { ResourceRow } from './resource-row'
import { verbClass } from './verbs'
import type { ResourceVerb, VerbClass } from './verbs'

/** A resource or sub-resource that has a fixed place in the label integers. */
export interface ResourceEntry {
  readonly id: number
  readonly sub: number
  /** '' for the core group. */
  readonly group: string
  /** Every version known to map here; the paper's own stands first. Lookups ignore the version. */
  readonly versions: readonly string[]
  readonly resource: string
  /** '' for the resource itself. */
  readonly subresource: string
  readonly namespaced: boolean
  readonly verbs: readonly ResourceVerb[]
  /** The one version the paper's table lists, null for rows of ours. */
  readonly paperVersion: string | null
}

const VERB_OF_LETTER: Readonly<Record<string, ResourceVerb>> = {
  c: 'create',
  d: 'delete',
  D: 'deletecollection',
  g: 'get',
  l: 'list',
  p: 'patch',
  u: 'update',
  w: 'watch',
}

function entryOf(row: ResourceRow, paper: boolean): ResourceEntry {
  const [id, sub, group, versions, resource, subresource, namespaced, letters] = row
  const further = paper ? (FURTHER_VERSIONS[`${group}/${resource}`]?.split(' ') ?? []) : []
  const own = versions.split(' ')
  const verbs = [...letters].map((letter) => VERB_OF_LETTER[letter]).filter((verb) => verb !== undefined)
  return { id, sub, group, versions: [...own, ...further], resource, subresource, namespaced, verbs, paperVersion: paper ? (own[0] ?? null) : null }
}

/** The paper's rows alone, as f_A of the paper sees them. */
export const PAPER_TABLE: readonly ResourceEntry[] = PAPER_ROWS.map((row) => entryOf(row, true))

/** Every row with a fixed id: the paper's, then those of Kubernetes up to 1.37. */
export const RESOURCE_TABLE: readonly ResourceEntry[] = [...PAPER_TABLE, ...KUBERNETES_ROWS.map((row) => entryOf(row, false))]

/** The paper's rows that stand for custom resources of any name; an event of this name is an ordinary custom resource. */
export const EXTERNAL_GROUP = 'unknown.fbk.eu'

type ByName = Map<string, Map<string, Map<string, ResourceEntry>>>

function indexByName(entries: readonly ResourceEntry[]): ByName {
  const index: ByName = new Map()
  for (const entry of entries) {
    const resources = index.get(entry.group) ?? new Map<string, Map<string, ResourceEntry>>()
    const subresources = resources.get(entry.resource) ?? new Map<string, ResourceEntry>()
    index.set(entry.group, resources.set(entry.resource, subresources.set(entry.subresource, entry)))
  }
  return index
}

const byName = indexByName(RESOURCE_TABLE)
const byIds = new Map(RESOURCE_TABLE.map((entry) => [entry.id * 128 + entry.sub, entry]))

/** The group that a resource belongs to today: `extensions` of older clusters resolves, others stay. */
export function currentGroup(group: string, resource: string): string {
  if (group !== 'extensions' || !Object.hasOwn(EXTENSIONS_GROUP, resource)) return group
  return EXTENSIONS_GROUP[resource] ?? group
}

/** The row of a resource whatever its version, or null where the table has none. */
export function findEntry(group: string, resource: string, subresource: string): ResourceEntry | null {
  return byName.get(currentGroup(group, resource))?.get(resource)?.get(subresource) ?? null
}

/** The row with these ids, or null. */
export function findEntryByIds(id: number, sub: number): ResourceEntry | null {
  return sub < 128 ? (byIds.get(id * 128 + sub) ?? null) : null
}

/** The verb classes that a row allows, each once. */
export function verbClassesOf(entry: ResourceEntry): readonly VerbClass[] {
  return [...new Set(entry.verbs.map((verb) => verbClass(verb)).filter((verb) => verb !== null))]
}

/**
 * How many labels a table spans: verb classes x namespaced x single for each row. Scope constrains
 * neither flag, as in the paper, whose 98 rows span 1356.
 */
export function labelSpaceSize(entries: readonly ResourceEntry[]): number {
  return entries.reduce((total, entry) => total + verbClassesOf(entry).length * 4, 0)
}
