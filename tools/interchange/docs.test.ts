import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { headNames } from '@/lib/model/interchange/head-names'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}docs/interchange.md`, 'utf8')

it('the page shows the loader that is checked', () => {
  expect(page).toContain(readFileSync(`${root}tools/interchange/load_keras.py`, 'utf8').trim())
})

it('the page names files that there are', () => {
  const files = [...page.matchAll(/(?:node |`)(tools\/interchange\/[\w.-]+\.(?:mjs|py))/g)].map(([, file]) => file as string)
  expect(files.length).toBeGreaterThan(2)
  expect(files.filter((file) => !existsSync(root + file))).toEqual([])
})

it.each(['linked', 'windows'] as const)('the page names the heads of the family %s', (family) => {
  expect(page).toContain(headNames({ family }).map((name) => `\`${name}\``).join(', '))
})
