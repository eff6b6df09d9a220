import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tinyModel } from './fixtures/tiny-model'
import { listModels, readModelDirectory, readNamedModel, writeModelDirectory } from './model-directory.node.ts'

let root = ''
beforeAll(async () => { root = await mkdtemp(join(tmpdir(), 'auditweave-models-')) })
afterAll(async () => { await rm(root, { recursive: true, force: true }) })

test('a model is written whole, read, listed and replaced', async () => {
  const models = join(root, 'whole')
  expect(await writeModelDirectory(join(models, 'first'), tinyModel('first'))).toBe(join(models, 'first'))
  expect((await readModelDirectory(join(models, 'first'))).manifest.name).toBe('first')
  const changed = tinyModel('first')
  await writeModelDirectory(join(models, 'first'), { ...changed, manifest: { ...changed.manifest, notes: 'again' } })
  await writeModelDirectory(join(models, 'second'), tinyModel('second'))
  expect((await listModels(models)).map((manifest) => [manifest.name, manifest.notes])).toEqual([['first', 'again'], ['second', 'for tests']])
  expect((await readdir(models)).sort()).toEqual(['first', 'second'])
  expect((await readNamedModel([join(root, 'none'), models], 'second')).manifest.name).toBe('second')
})

test('an unknown name is answered with the names there are', async () => {
  const models = join(root, 'named')
  await expect(readNamedModel([models], 'x')).rejects.toThrow(/no model "x": no model is here yet/)
  await writeModelDirectory(join(models, 'b'), tinyModel('b'))
  await writeModelDirectory(join(models, 'a'), tinyModel('a'))
  await expect(readNamedModel([models], 'x')).rejects.toMatchObject({ code: 'unknown-model', message: 'There is no model "x": the models here are a, b.' })
})

test.each(['..', '../a', '/etc', 'a/b', 'a\\b', '%2e%2e', '%252e', 'a\0', '', 'A', '.hidden', 'a#b', 'x'.repeat(65)])('%j is no model name', async (name) => {
  await expect(readNamedModel([root], name)).rejects.toMatchObject({ code: 'bad-model-name' })
})

test('a link that leads out of the folder is no model of it, nor is a sibling that begins alike', async () => {
  const [models, outside] = [join(root, 'linked'), join(root, 'linked-evil')]
  await writeModelDirectory(join(models, 'inside'), tinyModel('inside'))
  await writeModelDirectory(join(outside, 'stolen'), tinyModel('stolen'))
  await symlink(join(outside, 'stolen'), join(models, 'stolen'))
  expect((await listModels(models)).map(({ name }) => name)).toEqual(['inside'])
  for (const name of ['stolen', 'insid', 'inside-evil']) await expect(readNamedModel([models], name)).rejects.toMatchObject({ code: 'unknown-model', message: `There is no model "${name}": the models here are inside.` })
})

test('folders of other things are neither read nor replaced', async () => {
  const other = join(root, 'other')
  await mkdir(other)
  await writeFile(join(other, 'thesis.tex'), 'years of work')
  await expect(readModelDirectory(other)).rejects.toMatchObject({ code: 'no-model' })
  await expect(readModelDirectory(join(other, 'thesis.tex'))).rejects.toMatchObject({ code: 'no-model' })
  await expect(writeModelDirectory(other, tinyModel())).rejects.toMatchObject({ code: 'not-a-model-folder' })
  await expect(writeModelDirectory(join(other, 'thesis.tex'), tinyModel())).rejects.toMatchObject({ code: 'not-a-model-folder' })
  expect(await readdir(other)).toEqual(['thesis.tex'])
})

/** Mounts a small file system, which only root may; null says why it could not. */
function smallDisk(directory: string): (() => void) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], { stdio: 'ignore' })
    return () => { execFileSync('umount', [directory]) }
  } catch {
    return null
  }
}

describe('a full disk', () => {
  test('leaves nothing half-written, keeps the old model and says what to do', async (context) => {
    const disk = join(root, 'disk')
    await mkdir(disk)
    const unmount = smallDisk(disk)
    if (!unmount) {
      context.skip('mounting a small tmpfs needs root and mount; a full disk is not tested here')
      return
    }
    try {
      const small = tinyModel('kept')
      await writeModelDirectory(join(disk, 'kept'), small)
      const large = { ...small, manifest: { ...small.manifest, notes: 'x'.repeat(100_000) } }
      const failure = expect(writeModelDirectory(join(disk, 'kept'), large)).rejects
      await failure.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/The disk is full: the model needs \d+ bytes at .*kept\. Nothing was left half-written; free some space/) })
      expect(await readdir(disk)).toEqual(['kept'])
      expect((await readModelDirectory(join(disk, 'kept'))).manifest.notes).toBe('for tests')
    } finally {
      unmount()
    }
  })
})
