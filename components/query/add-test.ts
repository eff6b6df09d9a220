import { formatMicros } from '@/lib/audit/time'
import { explainQuery, parseQuery, quote, type QueryNode } from '@/lib/query'

/** How a field of the answers is written in a query. */
const SHORT: Readonly<Record<string, string>> = { 'user.username': 'username', 'objectRef.resource': 'resource', 'objectRef.namespace': 'namespace', 'responseStatus.code': 'code' }

/** A test of one value, or its negation; null stands for no value. */
export function equalTest(path: string, value: string | number | boolean | null, sign: '==' | '!='): string {
  const name = SHORT[path] ?? path
  if (value === null) return sign === '==' ? `not exists(${name})` : `exists(${name})`
  return `${name} ${sign} ${typeof value === 'string' ? quote(value) : String(value)}`
}

/** A query that asks for a test as well; one that asks for it already stays as it is. */
export function withTest(text: string, test: string): string {
  const base = text.trim()
  if (base === '') return test
  const node = nodeOf(base)
  const wanted = nodeOf(test)
  if (node && wanted && operandsOf(node).some((one) => explainQuery(one) === explainQuery(wanted))) return base
  return `${node?.kind === 'OrNode' ? `(${base})` : base} and ${test}`
}

const OWN_TIMES = /(?:^|\s+and\s+)\S+ <= requestTime < \S+$/

/** A query over a stretch of time, in place of the stretch that was chosen before. */
export function withTimes(text: string, from: number, to: number): string {
  return withTest(withoutTimes(text), `${formatMicros(from)} <= requestTime < ${formatMicros(to)}`)
}

/** A query without the stretch of time that was chosen last. */
export function withoutTimes(text: string): string {
  const base = text.trim()
  const rest = base.replace(OWN_TIMES, '')
  return rest === '' || nodeOf(rest) ? rest : base
}

/** Whether a query ends in a stretch of time as `withTimes` writes it. */
export function hasTimes(text: string): boolean {
  return withoutTimes(text) !== text.trim()
}

function operandsOf(node: QueryNode): readonly QueryNode[] {
  return node.kind === 'AndNode' ? node.operands : [node]
}

function nodeOf(text: string): QueryNode | null {
  try {
    return parseQuery(text)
  } catch {
    return null
  }
}
