import { visibleText } from '@/lib/contexts/visible-text'
import type { QueryPlan, QueryPlanStep } from '@/lib/query'
import { formatTable } from '../../output'

const LONGEST_TEST = 80

/** A plan for people: a row for each test, in the order in which they were run. */
export function planText(plan: QueryPlan): string {
  const rows = plan.steps.map((step) => [short(step.test), step.on, step.how, valuesText(step), count(step.lookedAt), count(step.kept)])
  const table = formatTable([['test', 'of', 'by', 'values', 'looked at', 'left'], ...rows])
  return `${table}\n${count(plan.matched)} of ${count(plan.rows)} ${plan.of} match; columns read: ${plan.columns.map(visibleText).join(', ') || 'none of the log'}\n`
}

function valuesText({ values }: QueryPlanStep): string {
  if (!values) return '–'
  return values.matching === null ? count(values.distinct) : `${count(values.matching)} of ${count(values.distinct)}`
}

function short(text: string): string {
  const visible = visibleText(text)
  return visible.length > LONGEST_TEST ? `${visible.slice(0, LONGEST_TEST - 1)}…` : visible
}

function count(value: number): string {
  return value.toLocaleString('en')
}
