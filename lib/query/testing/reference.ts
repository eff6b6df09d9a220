import { EVERY, type OperandNode, type PathSegment, type QueryNode } from '../nodes'

/*
 * A second, slow and plain reading of the language over parsed JSON as logged, to hold the compilers to. It shares
 * nothing with them but the syntax tree: times go through BigInt microseconds, patterns through JavaScript.
 */

/** What a query is asked of: a record, the members of its context, and the time. */
export interface ReferenceWorld {
  readonly members?: readonly unknown[]
  readonly now?: number
}

type Segments = readonly PathSegment[]

export function referenceMatches(node: QueryNode, event: unknown, world: ReferenceWorld = {}): boolean {
  const spread = spreadOf(node)
  if (spread) return spreadMatches(node, spread, event, world)
  switch (node.kind) {
    case 'AndNode':
      return node.operands.every((operand) => referenceMatches(operand, event, world))
    case 'OrNode':
      return node.operands.some((operand) => referenceMatches(operand, event, world))
    case 'NotNode':
      return !referenceMatches(node.operand, event, world)
    case 'QuantifierNode': {
      const met = (world.members ?? []).filter((member) => referenceMatches(node.operand, member, world)).length
      return node.quantifier === 'any' ? met > 0 : met === (world.members ?? []).length
    }
    case 'ComparisonNode':
      return compare(node.left, node.operator, node.right, event, world)
    case 'RangeNode':
      return node.operators.every((operator, i) => compare(node.operands[i]!, operator, node.operands[i + 1]!, event, world))
    case 'MembershipNode':
      return node.values.some((value) => compare(node.path, node.casing === 'exact' ? '==' : '==~', value, event, world))
    case 'ExistsNode':
      return look(event, node.path.segments, world) !== null
    case 'RegexpNode':
      return texts(event, node, world).some((text) => new RegExp(node.pattern, node.casing === 'exact' ? 'u' : 'ui').test(text))
    case 'AffixNode':
      return texts(event, node, world).some((text) => hasAffix(fold(text, node.casing), fold(node.text, node.casing), node.side))
    case 'ContainsNode': {
      const value = look(event, node.path.segments, world)
      const same = (item: unknown): boolean => (node.casing === 'exact' ? item === node.value : typeof item === 'string' && fold(item, 'ignored') === fold(String(node.value), 'ignored'))
      if (Array.isArray(value)) return value.some(same)
      return typeof value === 'string' && typeof node.value === 'string' && fold(value, node.casing).indexOf(fold(node.value, node.casing)) >= 0
    }
  }
}

/** The first path with `[*]` that a test of no parts reads. */
function spreadOf(node: QueryNode): Segments | null {
  const operands: readonly OperandNode[] = node.kind === 'ComparisonNode' ? [node.left, node.right] : node.kind === 'RangeNode' ? node.operands : 'path' in node ? [node.path] : []
  const paths = operands.flatMap((operand) => (operand.kind === 'PathNode' ? [operand.segments] : operand.kind === 'ShiftNode' ? [operand.path.segments] : []))
  return paths.find((segments) => segments.includes(EVERY)) ?? null
}

/** Writes each place that there is for `[*]`, and asks about that. */
function spreadMatches(node: QueryNode, path: Segments, event: unknown, world: ReferenceWorld): boolean {
  if (node.kind === 'ComparisonNode' && node.operator.startsWith('!')) return !referenceMatches({ ...node, operator: node.operator === '!=' ? '==' : '==~' }, event, world)
  const there = placesOf(event, path, world).filter((segments) => look(event, segments, world) !== null)
  const asked = there.length > 0 ? there : [['requestObject', 'nowhere at all']]
  return asked.some((segments) => referenceMatches(withPath(node, path, segments), event, world))
}

function placesOf(event: unknown, path: Segments, world: ReferenceWorld): Segments[] {
  const at = path.indexOf(EVERY)
  if (at < 0) return [path]
  const list = look(event, path.slice(0, at), world)
  return Array.isArray(list) ? list.flatMap((_, place) => placesOf(event, path.with(at, place), world)) : []
}

function withPath(node: QueryNode, from: Segments, to: Segments): QueryNode {
  const text = (segments: Segments): string => JSON.stringify(segments.map((segment) => (segment === EVERY ? null : segment)))
  const change = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(change) as T
    if (typeof value !== 'object' || value === null) return value
    const one = value as { kind?: string; segments?: Segments }
    if (one.kind === 'PathNode' && one.segments && text(one.segments) === text(from)) return { ...value, segments: to, timed: isTimed(from) }
    return one.kind === 'CountNode' || one.kind === 'PathNode' ? value : (Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)])) as T)
  }
  return change(node)
}

function isTimed(segments: Segments): boolean {
  return /(?:Timestamp|Time)$/.test(String(segments.at(-1))) || /^context,(first|last)$/.test(String(segments.map(String)))
}

function fold(text: string, casing: 'exact' | 'ignored'): string {
  return casing === 'exact' ? text : text.toUpperCase()
}

function hasAffix(text: string, affix: string, side: 'start' | 'end'): boolean {
  return (side === 'start' ? text.slice(0, affix.length) : affix === '' ? '' : text.slice(-affix.length)) === affix
}

/** Null stands for missing. */
function look(event: unknown, segments: Segments, world: ReferenceWorld): unknown {
  if (segments[0] === 'latency') return less(walk(event, ['stageTimestamp']), walk(event, ['requestReceivedTimestamp']))
  if (segments.map(String).join('.') === 'context.duration') return less(walk(event, ['context', 'last']), walk(event, ['context', 'first']))
  if (segments[0] === 'context' && segments[1] === 'users') {
    const users = (world.members ?? []).map((member) => walk(member, ['user', 'username'])).filter((user) => typeof user === 'string')
    const list = users.filter((user, at) => users.indexOf(user) === at)
    return list.length === 0 ? null : walk(list, segments.slice(2))
  }
  return walk(event, segments)
}

function less(end: unknown, begin: unknown): number | null {
  const [a, b] = [end, begin].map((one) => (typeof one === 'string' ? micros(one) : null))
  return a == null || b == null ? null : Number(a - b)
}

function walk(event: unknown, segments: Segments): unknown {
  let here: unknown = event
  for (const segment of segments) {
    if (here === null || typeof here !== 'object') return null
    if (Array.isArray(here) !== (typeof segment === 'number')) return null
    const entry = Object.entries(here).find(([key]) => key === String(segment))
    here = entry ? entry[1] : null
  }
  return here ?? null
}

function texts(event: unknown, node: { path: { segments: Segments } }, world: ReferenceWorld): string[] {
  const value = look(event, node.path.segments, world)
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string')
}

function micros(text: string): bigint | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(text)
  if (!match) return null
  const fraction = (match[2] ?? '').slice(0, 6).padEnd(6, '0')
  return BigInt(Date.parse(`${match[1]}Z`)) * 1_000n + BigInt(fraction)
}

function valueOf(operand: OperandNode, event: unknown, world: ReferenceWorld): unknown {
  switch (operand.kind) {
    case 'PathNode':
      return look(event, operand.segments, world)
    case 'TimeNode':
      return BigInt(operand.micros)
    case 'NowNode':
      return BigInt((world.now ?? 0) + operand.shift)
    case 'DurationNode':
      return operand.micros
    case 'CountNode':
      return (world.members ?? []).filter((member) => referenceMatches(operand.operand, member, world)).length
    case 'ShiftNode': {
      const found = look(event, operand.path.segments, world)
      const time = typeof found === 'string' ? micros(found) : null
      // A time that is missing is unlike a missing text: nothing is equal to it.
      return time === null ? Symbol('no time') : time + BigInt(operand.shift)
    }
    case 'LiteralNode':
      return operand.value
  }
}

function compare(left: OperandNode, operator: string, right: OperandNode, event: unknown, world: ReferenceWorld): boolean {
  let a = valueOf(left, event, world)
  let b = valueOf(right, event, world)
  const timed = (operand: OperandNode): boolean => operand.kind === 'PathNode' && ((operand as { timed?: boolean }).timed ?? isTimed(operand.segments))
  const instants = [a, b].map((one) => (typeof one === 'string' ? micros(one) : typeof one === 'bigint' ? one : null))
  const oneWritten = typeof a === 'bigint' || typeof b === 'bigint'
  if (instants.every((one) => one !== null) && (oneWritten || (timed(left) && timed(right)))) [a, b] = instants
  if (operator.endsWith('~')) [a, b] = [a, b].map((one) => (typeof one === 'string' ? one.toUpperCase() : one))
  const sign = operator.replace('~', '')
  if (typeof a !== typeof b || (a !== null && typeof a === 'object')) return sign === '!='
  if (sign === '==') return a === b
  if (sign === '!=') return a !== b
  if (typeof a !== 'string' && typeof a !== 'number' && typeof a !== 'bigint') return false
  const order = a === b ? 0 : (a as string) < (b as string) ? -1 : 1
  return sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : sign === '>' ? order > 0 : order >= 0
}
