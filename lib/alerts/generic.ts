import { alertMicros, shortText } from './fields'
import type { ForeignAlert } from './foreign-alert'

const AUDIT_ID = ['auditID', 'auditId', 'audit_id', 'auditid', 'kubernetes.audit.auditID']
const RULE = ['rule', 'rule_name', 'ruleName', 'kibana.alert.rule.name', 'alert', 'watch', 'title', 'name']
const SEVERITY = ['severity', 'priority', 'level', 'kibana.alert.severity']
const TIME = ['time', 'timestamp', '@timestamp', 'stageTimestamp']
const TEXT = ['message', 'output', 'description', 'kibana.alert.reason']
const DEEPEST = 4

/** An alert of any tool that names the audit id of its request, at the top or in the objects that are usual; null where it names none. */
export function genericAlertOf(value: unknown, line: number): ForeignAlert | null {
  const auditID = first(value, AUDIT_ID)
  if (auditID === null) return null
  return {
    line, auditID, rule: first(value, RULE) ?? first(value, ['rule.name', 'signal.rule.name']) ?? 'unnamed', severity: first(value, SEVERITY) ?? '',
    micros: TIME.map((name) => alertMicros(lookUp(value, name))).find((micros) => micros !== null) ?? null,
    user: null, verb: null, resource: null, namespace: null, name: null, uri: null, text: first(value, TEXT),
  }
}

function first(value: unknown, names: readonly string[]): string | null {
  for (const name of names) {
    const found = shortText.parse(lookUp(value, name))
    if (found !== null) return found
  }
  return null
}

/** The value under a dotted name, whichever of its dots are keys and which are steps. */
function lookUp(value: unknown, name: string, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return undefined
  if (Object.hasOwn(value, name)) return (value as Record<string, unknown>)[name]
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot)
    const found = Object.hasOwn(value, head) ? lookUp((value as Record<string, unknown>)[head], name.slice(dot + 1), depth + 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
