import { AuditweaveError } from '@/lib/audit/errors'
import { parseMicros } from '@/lib/audit/time'
import { shuffled } from '@/lib/model/random'
import type { SplitRequest, SplitSpec } from './spec'

/** Index into PARTS, -1 for what is left out. */
export type PartIndex = -1 | 0 | 1 | 2

const [TRAIN, VALIDATION, TEST, NONE] = [0, 1, 2, -1] as const

/**
 * Deals requests to parts; the answer is by index of `requests`, which may be in any order.
 * @throws AuditweaveError 'bad-split' where a part would be empty or the shares leave nothing to train on
 */
export function dealSplit(requests: readonly SplitRequest[], spec: SplitSpec): PartIndex[] {
  if (spec.protocol !== 'time' && spec.validation + spec.test >= 1) throw new AuditweaveError('bad-split', `Validation share ${spec.validation} and test share ${spec.test} leave nothing to train on: take smaller ones.`)
  const parts = dealt(requests, spec)
  for (const [part, name] of [[TRAIN, 'training'], [VALIDATION, 'validation'], [TEST, 'test']] as const)
    if (!parts.includes(part)) throw new AuditweaveError('bad-split', `The ${name} part would be empty: the data set has ${requests.length} requests; take other shares or moments, or another way to split.`)
  return parts
}

function dealt(requests: readonly SplitRequest[], spec: SplitSpec): PartIndex[] {
  switch (spec.protocol) {
    case 'random': return dealGroups(requests.map((_, i) => [i]), requests.length, spec)
    case 'blocked': return dealBlocks(requests, spec)
    case 'time': return dealTime(requests, spec)
    case 'user': return dealGroups(groupsBy(requests, ({ user }) => user), requests.length, spec)
    case 'namespace': return dealGroups(groupsBy(requests, ({ namespace }) => namespace), requests.length, spec)
  }
}

/** Whole groups in a seeded order: to test while that wants more, then to validation, the rest to training; the first part that a group overfills is full. */
function dealGroups(groups: readonly (readonly number[])[], size: number, { seed, validation, test }: { readonly seed: number; readonly validation: number; readonly test: number }): PartIndex[] {
  const parts = Array.from({ length: size }, (): PartIndex => TRAIN)
  const left = { [TEST]: Math.max(1, Math.round(size * test)), [VALIDATION]: Math.max(1, Math.round(size * validation)) }
  for (const at of shuffled(Int32Array.from(groups.keys()), seed, 'split', 1)) {
    const group = groups[at] ?? []
    const part = fits(group, left[TEST]) ? TEST : fits(group, left[VALIDATION]) ? VALIDATION : TRAIN
    if (part !== TRAIN) left[part] -= group.length
    for (const request of group) parts[request] = part
  }
  return parts
}

/** A group may overfill a part by half of itself: one that holds most of a log is trained on. */
function fits(group: readonly number[], left: number): boolean {
  return left > 0 && group.length <= 2 * left
}

/**
 * Requests by what their cause has: of the trigger where their context has one, of their own otherwise. What no user and no context speaks for
 * (components at their own work) is a group each, so that it is dealt at random.
 */
function groupsBy(requests: readonly SplitRequest[], of: (request: SplitRequest) => string | null): number[][] {
  const causes = new Map(requests.flatMap((request) => (request.trigger && request.context !== null ? [[request.context, request] as const] : [])))
  const groups = new Map<string, number[]>()
  requests.forEach((request, i) => {
    const cause = request.context === null ? undefined : (causes.get(request.context) ?? request)
    const value = cause === undefined ? null : of(cause)
    const key = value !== null ? `value ${value}` : request.context !== null ? `context ${request.context}` : `request ${i}`
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  })
  return [...groups.values()]
}

/** By line, so that the gap is one of lines, as windows count. */
function dealBlocks(requests: readonly SplitRequest[], { gap, validation, test }: { readonly gap: number; readonly validation: number; readonly test: number }): PartIndex[] {
  const lines = requests.reduce((most, { line }) => Math.max(most, line), -1) + 1
  const testFrom = lines - Math.round(lines * test)
  const validationFrom = lines - Math.round(lines * (test + validation))
  return requests.map(({ line }) => {
    if (line >= testFrom) return TEST
    if (line >= testFrom - gap) return NONE
    if (line >= validationFrom) return VALIDATION
    return line >= validationFrom - gap ? NONE : TRAIN
  })
}

function dealTime(requests: readonly SplitRequest[], { validationFrom, testFrom }: { readonly validationFrom: string; readonly testFrom: string }): PartIndex[] {
  const [from, until] = [parseMicros(validationFrom), parseMicros(testFrom)]
  if (from === null || until === null || from >= until) throw new AuditweaveError('bad-split', `Validation from ${validationFrom} must begin before test from ${testFrom}.`)
  return requests.map(({ micros }) => (micros === null ? NONE : micros >= until ? TEST : micros >= from ? VALIDATION : TRAIN))
}
