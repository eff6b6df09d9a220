import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compiledEntry } from './compiled-command.mjs'

let root = ''
const project = () => ({ root, entries: { main: 'main.ts' }, besides: ['tsconfig.json'] })
const source = (name: string, text: string) => writeFile(path.join(root, name), text)
const load = async () => (await import(await compiledEntry('main', project()))) as { word: string; address: string }

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'auditweave-compiled-'))
  await source('tsconfig.json', '{"compilerOptions":{"paths":{"@/*":["./*"]}}}')
  await source('main.ts', `export { word } from '@/part'\nexport const address: string = import.meta.url\n`)
  await source('part.ts', `export const word: string = 'one'\n`)
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('a source keeps its own address', async () => {
  expect(await load()).toMatchObject({ word: 'one', address: pathToFileURL(path.join(root, 'main.ts')).href })
})

it('is compiled anew when a source says something else, and only then', async () => {
  const first = await compiledEntry('main', project())
  expect(await compiledEntry('main', project())).toBe(first)
  await utimes(path.join(root, 'part.ts'), 1, 1)
  expect(await compiledEntry('main', project())).toBe(first)
  await source('part.ts', `export const word: string = 'two'\n`)
  expect((await load()).word).toBe('two')
  await source('tsconfig.json', '{"compilerOptions":{"paths":{"@/*":["./*"]},"strict":true}}')
  const second = await compiledEntry('main', project())
  await writeFile(path.join(root, 'build', 'command', 'current.json'), '{"folder":')
  expect(await compiledEntry('main', project())).not.toBe(second)
})

it('a source that does not parse is told, and the build before it stays', async () => {
  const before = await readFile(path.join(root, 'build', 'command', 'current.json'), 'utf8')
  await source('part.ts', 'export const word: = 1')
  await expect(compiledEntry('main', project())).rejects.toThrow('part.ts')
  expect(await readFile(path.join(root, 'build', 'command', 'current.json'), 'utf8')).toBe(before)
  await expect(compiledEntry('other', project())).rejects.toThrow('There is no entry "other": main.')
})
