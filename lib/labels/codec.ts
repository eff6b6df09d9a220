import { AuditweaveError } from '@/lib/audit/errors'
import { CUSTOM_ID_BASE, customId } from './custom-id'
import type { ActionLabel, LabelParts } from './action-label'
import type { LabelRegistry } from './registry'
import { currentGroup, findEntry, findEntryByIds } from './resource-table'
import { VERB_CLASS_IDS, verbClass, verbClassOfId } from './verbs'
import type { VerbClass } from './verbs'

/** The five numbers that a label integer holds. */
export interface CodeParts {
  readonly id: number
  readonly sub: number
  readonly namespaced: boolean
  readonly single: boolean
  readonly verb: number
}

/** Sub ids that custom resources share with the paper's table. */
const GENERIC_SUBS: ReadonlyMap<string, number> = new Map([['', 0], ['status', 1], ['scale', 2]])

/**
 * The paper's layout, from the low end: 4 bits alternate, 3 verb, 1 single, 1 namespaced, 3 sub id,
 * then the resource id. A sub id of 8 or more puts its higher bits into the alternate nibble.
 * Arithmetic where ids may pass 32 bits; the low 12 bits are plain bit work.
 */
export function packCode(parts: CodeParts): number {
  const low = ((parts.sub & 7) << 9) | (Number(parts.namespaced) << 8) | (Number(parts.single) << 7) | (parts.verb << 4) | (parts.sub >> 3)
  return parts.id * 4096 + low
}

/** The parts of a code; the opposite of `packCode` for every non-negative safe integer. */
export function unpackCode(code: number): CodeParts {
  const id = Math.floor(code / 4096)
  const low = code - id * 4096
  return {
    id,
    sub: ((low >> 9) & 7) | ((low & 15) << 3),
    namespaced: ((low >> 8) & 1) === 1,
    single: ((low >> 7) & 1) === 1,
    verb: (low >> 4) & 7,
  }
}

/**
 * The resource id and sub id of a name. The table answers first; any other resource hashes its
 * group and name (`status` and `scale` as sub ids 1 and 2), and a sub-resource that neither the
 * table nor those two know is an entry of its own. A registry remembers the name for decoding.
 */
export function resourceIds(group: string, resource: string, subresource: string, registry?: LabelRegistry): { id: number; sub: number } {
  const entry = findEntry(group, resource, subresource)
  if (entry) return entry
  const listed = findEntry(group, resource, '') !== null
  const generic = listed ? undefined : GENERIC_SUBS.get(subresource)
  const name = { group: currentGroup(group, resource), resource, subresource: generic === undefined ? subresource : '' }
  return { id: registry ? registry.add(name).id : customId(name, 0), sub: generic ?? 0 }
}

function knownVerb(verb: string): VerbClass {
  const known = verbClass(verb)
  if (known === null) {
    throw new AuditweaveError('unknown-verb', `No label has the verb "${verb}"; use create, delete, deletecollection, get, list, patch, update or watch.`)
  }
  return known
}

/**
 * The integer of a label. Up to 53 bits: the paper's rows fit its 22, resources outside the table
 * need more. Throws `unknown-verb` where the verb is none of the eight.
 */
export function encodeLabel(parts: LabelParts, registry?: LabelRegistry): number {
  const { id, sub } = resourceIds(parts.group, parts.resource, parts.subresource ?? '', registry)
  return packCode({ id, sub, namespaced: parts.namespaced, single: parts.single, verb: VERB_CLASS_IDS[knownVerb(parts.verb)] })
}

/** A whole label from its parts, `extensions` resolved to the present group. Throws as `encodeLabel` does. */
export function makeLabel(parts: LabelParts, registry?: LabelRegistry): ActionLabel {
  return {
    group: currentGroup(parts.group, parts.resource),
    resource: parts.resource,
    subresource: parts.subresource ?? '',
    verb: knownVerb(parts.verb),
    namespaced: parts.namespaced,
    single: parts.single,
    code: encodeLabel(parts, registry),
  }
}

function nameOfIds(id: number, sub: number, registry?: LabelRegistry): { group: string; resource: string; subresource: string } | null {
  if (id < CUSTOM_ID_BASE) return findEntryByIds(id, sub)
  const entry = registry?.get(id)
  if (!entry) return null
  if (sub === 0) return entry
  const generic = [...GENERIC_SUBS].find(([, number]) => number === sub)?.[0]
  return generic !== undefined && entry.subresource === '' ? { ...entry, subresource: generic } : null
}

/**
 * The label of an integer, or null where no label has it: special values (-1, -2, -3), unknown ids,
 * impossible verbs, and resources outside the table that `registry` has not met.
 */
export function decodeLabel(code: number, registry?: LabelRegistry): ActionLabel | null {
  if (!Number.isSafeInteger(code) || code < 0) return null
  const parts = unpackCode(code)
  const verb = verbClassOfId(parts.verb)
  const name = nameOfIds(parts.id, parts.sub, registry)
  if (verb === null || name === null) return null
  return { group: name.group, resource: name.resource, subresource: name.subresource, verb, namespaced: parts.namespaced, single: parts.single, code }
}
