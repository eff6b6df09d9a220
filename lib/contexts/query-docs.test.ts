import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { parseMicros } from '@/lib/audit/time'
import { formatQuery, parseQuery, QUERY_FUNCTIONS, QUERY_OPERATORS } from '@/lib/query'
import { QueriedLog, type AskableLog } from './queried-log'

const page = readFileSync(new URL('../../docs/query.md', import.meta.url), 'utf8')
const EXAMPLES = [...page.matchAll(/```query\n([\s\S]*?)\n```\n+(\d+) contexts?/g)].map(([, query = '', count = '']) => [query, Number(count)] as const)
const NOW = parseMicros(/`--now ([^`]+)`/.exec(page)?.[1] ?? '')

let log: AskableLog

beforeAll(async () => {
  const reading = new QueriedLog()
  for await (const batch of readAudit(openSource('datasets/sample/audit.jsonl.gz')).events) reading.add(batch)
  log = reading.finish()
})

test('the page has examples of every function, each with its count', () => {
  expect(EXAMPLES.length).toBe(page.split('```query').length - 1)
  expect(EXAMPLES.length).toBeGreaterThan(20)
  for (const { name } of QUERY_FUNCTIONS) expect(EXAMPLES.some(([query]) => query.includes(`${name}(`)), name).toBe(true)
  for (const { name } of QUERY_OPERATORS) expect(EXAMPLES.some(([query]) => query.includes(name)), name).toBe(true)
})

test.each(EXAMPLES)('%s', async (query, count) => {
  const node = parseQuery(query)
  await log.columns.events.load(log.columns.events.missing(node), () => readAudit(openSource('datasets/sample/audit.jsonl.gz')).events)
  expect(log.answer(node, { now: NOW ?? 0 }).length).toBe(count)
  expect(formatQuery(query)).toBe(query)
})
