import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as query from '@/lib/query'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

test('what the documentation calls exists', () => {
  const called = [...(/```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '').matchAll(/(?:new )?\b(EventColumns|QueryColumns|compileColumns|parseQuery|pathsRead|columnsCatalogue)\(/g)].map(([, name = '']) => name)
  expect(called.length).toBeGreaterThan(4)
  for (const name of called) expect(query).toHaveProperty(name)
})
