import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseQuery } from '@/lib/query'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const examples = (/```\n([\s\S]*?)```/.exec(readme)?.[1] ?? '').trim().split('\n')

test('the examples of the documentation are queries', () => {
  expect(examples.length).toBeGreaterThan(3)
  for (const example of examples) parseQuery(example)
})
