import * as fc from 'fast-check'
import {
  AffixNode, AndNode, ComparisonNode, ContainsNode, CountNode, DurationNode, EVERY, ExistsNode, LiteralNode, MembershipNode, NotNode, NowNode, OrNode, PathNode, QuantifierNode, RangeNode, RegexpNode, ShiftNode,
  TimeNode, type OperandNode, type OrderOperator, type QueryNode, type Scalar,
} from '../nodes'

/* Generated queries and events that meet often: few keys, few values, some hostile. */

const WORDS = ['get', 'GET', 'Alice', 'delete', 'pods', 'alice', 'kube-system', 'a', '', 'A.b/c', "it's", '"', '\\d', 'in', '\u202E', '\u0000\n', '😀', '200', '2026-11-23T06:39:45.427442Z'] as const
const NUMBERS = [0, 1, -1, 200, 404, 1.5, 1e21, 1e-7, 2 ** 53] as const
const TIMES = ['2026-11-23T06:39:45.427442Z', '2026-11-23T06:39:45.427443Z', '2026-11-23T06:39:45Z', '2026-11-24T00:00:00.5Z'] as const
const MICROS = [1795415985427442, 1795415985427443, 1795415985000000, 1795478400500000, 0, -1] as const
const KEYS = ['a', 'b', '__proto__', 'constructor', 'toString', 'length', 'x.y/z', 'and', 'in', 'time', 'eventTime'] as const

const text = fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 6 }))
const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0))
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean(), fc.constant(null))

const body: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.constantFrom(...TIMES), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  // Through JSON, so that a key such as __proto__ is an own one, as in a log.
  object: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 4 }).map((entries) => JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`) as unknown),
})).object

/** What a path with `[*]` is asked of: few values, in lists within lists. */
const FEW = ['get', 'a', 'alice', 0, 200, true, '2026-11-23T06:39:45Z'] as const
const few = fc.constantFrom(...FEW)
const listBody = fc.array(fc.oneof(few, fc.constant(null), fc.record({ b: few }), fc.record({ b: fc.array(fc.oneof(few, fc.record({ a: few })), { maxLength: 2 }) }), fc.array(few, { maxLength: 2 })), { maxLength: 4 }).map((a) => ({ a }))

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 3 })

/** An event as an API server logs it: what is absent is left out. */
export const eventArbitrary: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    auditID: fc.uuid(),
    verb: maybe(fc.constantFrom('get', 'delete', 'create', 'a')),
    user: maybe(fc.record({ username: maybe(fc.constantFrom('alice', 'kube-system', 'A.b/c', "it's")), groups: maybe(fc.array(fc.constantFrom('get', 'alice', 'a'), { minLength: 1, maxLength: 3 })) })),
    sourceIPs: maybe(fc.array(fc.constantFrom('a', 'alice', '10.0.0.1'), { minLength: 1, maxLength: 2 })),
    objectRef: maybe(fc.record({ resource: maybe(fc.constantFrom('pods', 'get', 'a')), namespace: maybe(fc.constantFrom('kube-system', 'a', 'alice')), name: maybe(fc.constantFrom('alice', 'a', '200')) })),
    responseStatus: maybe(fc.record({ code: maybe(fc.constantFrom(0, 1, 200, 404)), reason: maybe(fc.constantFrom('a', 'get')) })),
    requestObject: maybe(fc.oneof(body, listBody)),
    responseObject: maybe(fc.oneof(body, fc.array(body, { maxLength: 2 }))),
    annotations: maybe(fc.dictionary(fc.constantFrom('a', 'x.y/z'), fc.constantFrom('get', 'a', '200'))),
    requestReceivedTimestamp: fc.constantFrom(...TIMES),
    stageTimestamp: maybe(fc.constantFrom(...TIMES)),
  })
  .map((event) => JSON.parse(JSON.stringify(event)) as Record<string, unknown>)

const openPath = fc
  .tuple(fc.constantFrom('requestObject', 'responseObject', 'annotations'), fc.array(fc.oneof(fc.constantFrom(...KEYS), fc.nat(2), fc.constant(EVERY)), { minLength: 1, maxLength: 4 }))
  .map(([root, rest]) => PathNode.create([root, ...rest]))
const textPath = fc
  .constantFrom(['verb'], ['user', 'username'], ['objectRef', 'resource'], ['objectRef', 'namespace'], ['objectRef', 'name'], ['responseStatus', 'reason'], ['user', 'groups', 0], ['user', 'groups', EVERY], ['sourceIPs', EVERY], ['context', 'users', EVERY])
  .map((segments) => PathNode.create(segments))
const listPath = fc.constantFrom(['user', 'groups'], ['sourceIPs'], ['context', 'users'], ['context', 'members']).map((segments) => PathNode.create(segments))
const timePath = fc.constantFrom(['requestReceivedTimestamp'], ['stageTimestamp'], ['context', 'first'], ['context', 'last']).map((segments) => PathNode.create(segments))
const lengthPath = fc.constantFrom(['latency'], ['context', 'duration']).map((segments) => PathNode.create(segments))
const contextPath = fc.constantFrom(['context', 'id'], ['context', 'users', 0], ['context', 'trigger', 'user'], ['label', 'resource'], ['role']).map((segments) => PathNode.create(segments))
const codePath = fc.constantFrom(['responseStatus', 'code'], ['context', 'events'], ['label', 'code'], ['confidence']).map((segments) => PathNode.create(segments))
const truthPath = fc.constant(PathNode.create(['label', 'namespaced']))
const anyPath = fc.oneof(openPath, textPath, listPath, timePath, codePath, contextPath)

const literal = (value: fc.Arbitrary<Scalar>): fc.Arbitrary<LiteralNode> => value.map((one) => LiteralNode.create(one))
const shift = fc.constantFrom(0, 1, -1, 442, -600_000_000, 5_000_000)
/** The generated events happen about this time. */
export const NOW = 1795415985427442
const time = fc.oneof(fc.constantFrom(...MICROS).map((micros) => TimeNode.create(micros)), shift.map((micros) => NowNode.create(micros)))
const instant = fc.constantFrom(...MICROS).map((micros) => TimeNode.create(micros))
const length = fc.constantFrom(0, 1, -1, 572558, 5_000_000, 3_600_000_000).map((micros) => DurationNode.create(micros))

/** A path and a literal that may stand beside it, ordered or not. */
function pairs(ordered: boolean): fc.Arbitrary<[PathNode, OperandNode]> {
  const orNull = ordered ? [] : [literal(fc.constant(null))]
  const loose = ordered ? fc.oneof(text, number) : scalar
  return fc.oneof(
    fc.tuple(textPath, fc.oneof(literal(text), ...orNull)),
    fc.tuple(codePath, fc.oneof(literal(number), literal(fc.constantFrom(0, 1, 2, 0.5, 200, 404)), ...orNull)),
    ...(ordered ? [] : [fc.tuple(truthPath, literal(fc.oneof(fc.boolean(), fc.constant(null))))]),
    fc.tuple(lengthPath, fc.oneof(length, ...orNull)),
    fc.tuple(timePath, fc.oneof(time, ...orNull)),
    // A quoted time beside a path named as one would be read as a time.
    fc.tuple(openPath, fc.oneof(literal(loose.filter((one) => typeof one !== 'string' || !/^\d{4}-/.test(one))), time)),
    fc.tuple(contextPath, literal(text)),
  )
}

const ORDERS = ['<', '<=', '>', '>='] as const
const comparison = fc.oneof(
  fc.tuple(pairs(false), fc.constantFrom('==', '!='), fc.boolean()),
  fc.tuple(pairs(true), fc.constantFrom(...ORDERS), fc.boolean()),
).map(([[path, other], operator, turned]) => (turned ? ComparisonNode.create(other, operator, path) : ComparisonNode.create(path, operator, other)))
const pathComparison = fc
  .tuple(anyPath, fc.constantFrom('==', '!=', ...ORDERS), anyPath)
  .map(([left, operator, right]) => ComparisonNode.create(left, operator, right))
const range = fc
  .tuple(pairs(true), fc.constantFrom<OrderOperator[]>(['<', '<='], ['<', '<'], ['>=', '>'], ['>=', '>=']))
  .map(([[path, other], operators]) => RangeNode.create([other, path, other], operators))
const folding = fc
  .tuple(fc.oneof(textPath, openPath), fc.constantFrom('==~', '!=~'), fc.oneof(literal(text), textPath), fc.boolean())
  .map(([path, operator, other, turned]) => (turned ? ComparisonNode.create(other, operator, path) : ComparisonNode.create(path, operator, other)))
const shifted = fc
  .tuple(timePath, shift, fc.constantFrom('==', '!=', ...ORDERS), fc.oneof(timePath, time, fc.tuple(timePath, shift).map(([path, by]) => ShiftNode.create(path, by))))
  .map(([path, by, operator, other]) => ComparisonNode.create(ShiftNode.create(path, by), operator, other))
const casing = fc.constantFrom('exact', 'ignored')
const membership = fc.oneof(
  fc.tuple(textPath, fc.array(literal(text), { minLength: 1, maxLength: 3 }), casing),
  fc.tuple(lengthPath, fc.array(length, { minLength: 1, maxLength: 2 }), fc.constant('exact' as const)),
  fc.tuple(textPath, fc.array(literal(fc.oneof(text, fc.constant(null))), { minLength: 1, maxLength: 4 }), fc.constant('exact' as const)),
  fc.tuple(codePath, fc.array(literal(fc.constantFrom(0, 1, 2, 0.5, 200, 404)), { minLength: 1, maxLength: 3 }), fc.constant('exact' as const)),
  fc.tuple(timePath, fc.array(instant, { minLength: 1, maxLength: 3 }), fc.constant('exact' as const)),
).map(([path, values, how]) => MembershipNode.create(path, values, how))
const PATTERNS = ['^a', '^alice$', 'LIC', 'e.*', 'e$', '.*system.*', '[0-9]+', 'a|b', '^$', '\\d', '(a+)+$', '"', ''] as const
const spreadPath = fc
  .constantFrom(['user', 'groups', EVERY], ['sourceIPs', EVERY], ['context', 'users', EVERY], ['requestObject', 'a', EVERY], ['requestObject', 'a', EVERY, 'b'], ['requestObject', 'a', EVERY, 'b', EVERY], ['requestObject', 'a', EVERY, EVERY], ['requestObject', 'a', EVERY, 'b', 1, 'a'])
  .map((segments) => PathNode.create(segments))
const bodySpread = spreadPath.filter(({ segments }) => segments[0] === 'requestObject')
const fewTexts = fc.constantFrom('get', 'a', 'alice')
const spreadTest: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.tuple(spreadPath, fc.constantFrom('==', '!=', '==~', '!=~', ...ORDERS), literal(fewTexts), fc.boolean()).map(([path, operator, value, turned]) => (turned ? ComparisonNode.create(value, operator, path) : ComparisonNode.create(path, operator, value))),
  fc.tuple(bodySpread, fc.constantFrom('==', '!='), literal(fc.oneof(fc.constant(null), few.filter((one) => one !== FEW[6])))).map(([path, operator, value]) => ComparisonNode.create(path, operator, value)),
  fc.tuple(bodySpread, time).map(([path, value]) => ComparisonNode.create(path, '<=', value)),
  fc.tuple(bodySpread, fc.constantFrom('==', '!=', ...ORDERS), fc.oneof(bodySpread, textPath)).map(([left, operator, right]) => ComparisonNode.create(left, operator, right)),
  fc.tuple(literal(fc.constantFrom(-1, 0, 100)), bodySpread, literal(fc.constantFrom(0, 200))).map((operands) => RangeNode.create(operands, ['<', '<='])),
  fc.tuple(spreadPath, fc.array(literal(fc.oneof(fewTexts, fc.constant(null))), { minLength: 1, maxLength: 2 })).map(([path, values]) => MembershipNode.create(path, values, 'exact')),
  spreadPath.map((path) => ExistsNode.create(path)),
  fc.tuple(bodySpread, few).map(([path, value]) => ContainsNode.create(path, value)),
  fc.tuple(spreadPath, fewTexts).map(([path, value]) => AffixNode.create(path, 'start', value, 'exact')),
)
const test: fc.Arbitrary<QueryNode> = fc.oneof(
  spreadTest,
  comparison,
  pathComparison,
  range,
  folding,
  shifted,
  membership,
  anyPath.map((path) => ExistsNode.create(path)),
  fc.tuple(fc.oneof(textPath, listPath, openPath), fc.constantFrom(...PATTERNS), casing).map(([path, pattern, how]) => RegexpNode.create(path, pattern, how)),
  fc.tuple(fc.oneof(textPath, listPath, openPath), fc.oneof(text, number, fc.boolean())).map(([path, value]) => ContainsNode.create(path, value)),
  fc.tuple(fc.oneof(textPath, listPath, openPath), text).map(([path, value]) => ContainsNode.create(path, value, 'ignored')),
  fc.tuple(fc.oneof(textPath, listPath, openPath), fc.constantFrom('start', 'end'), text, casing).map(([path, side, affix, how]) => AffixNode.create(path, side, affix, how)),
)

/** Any query of tests, joined in any way. */
function joined(base: fc.Arbitrary<QueryNode>): fc.Arbitrary<QueryNode> {
  return fc.letrec<{ query: QueryNode; several: QueryNode[] }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small' },
      base,
      tie('several').map((operands) => AndNode.create(operands)),
      tie('several').map((operands) => OrNode.create(operands)),
      tie('query').map((operand) => NotNode.create(operand)),
    ),
    several: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
  })).query
}

const small = fc.constantFrom(0, 1, 2, 3).map((value) => LiteralNode.create(value))
const count = joined(test).map((operand) => CountNode.create(operand))
const countComparison = fc
  .tuple(count, fc.constantFrom('==', '!=', ...ORDERS), fc.oneof(small, count, codePath), fc.boolean())
  .map(([left, operator, right, turned]) => (turned ? ComparisonNode.create(right, operator, left) : ComparisonNode.create(left, operator, right)))
const countRange = fc.tuple(small, count, small).map(([least, middle, most]) => RangeNode.create([least, middle, most], ['<=', '<']))
const quantified = fc.tuple(fc.constantFrom('any', 'all'), joined(test)).map(([quantifier, operand]) => QuantifierNode.create(quantifier, operand))

export const queryArbitrary: fc.Arbitrary<QueryNode> = joined(fc.oneof({ arbitrary: test, weight: 5 }, { arbitrary: spreadTest, weight: 1 }, { arbitrary: quantified, weight: 1 }, { arbitrary: countComparison, weight: 1 }, { arbitrary: countRange, weight: 1 }))
