import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULES } from '@/lib/contexts/rules/table'

const page = readFileSync(new URL('../../../docs/linking.md', import.meta.url), 'utf8')

it('documents every rule of the table, in the order asked, and no other', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (rival|instead|fallback) \| (.+) \|$/gm)].map(([, id, mode, because]) => ({ id, mode, because }))
  expect(rows).toEqual(RULES.map(({ id, mode, because }) => ({ id, mode, because })))
})
