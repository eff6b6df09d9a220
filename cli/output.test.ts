import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeOutput } from './output'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-output-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* text(...chunks: string[]): AsyncGenerator<string> {
  yield* chunks
}

async function* broken(): AsyncGenerator<string> {
  yield 'x'.repeat(1 << 17)
  throw new Error('the source went away')
}

describe('writeOutput', () => {
  it('writes a file whole or not at all', async () => {
    const path = join(folder, 'out.jsonl')
    await writeOutput(path, text('a\n', 'b\n'))
    await expect(writeOutput(path, broken())).rejects.toThrow('the source went away')
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n')
    expect(readdirSync(folder)).toEqual(['out.jsonl'])
  })

  it('says why a file cannot be written, and what to do', async () => {
    await expect(writeOutput(join(folder, 'none', 'out'), text('a'))).rejects.toMatchObject({ code: 'cannot-write', message: `${join(folder, 'none', 'out')} could not be written (ENOENT). Its folder does not exist: create it first.` })
    await expect(writeOutput(folder, text('a'))).rejects.toMatchObject({ message: `${folder} could not be written (EISDIR). It is a folder: name a file in it.` })
  })

  it.runIf(existsSync('/dev/full'))('writes to a device as it is, and tells a full disk', async () => {
    await expect(writeOutput('/dev/full', text('a'))).rejects.toMatchObject({ message: '/dev/full could not be written (ENOSPC). The disk is full: free some space or choose another place.' })
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
    expect(readdirSync('/dev').filter((name) => name.includes('partial'))).toEqual([])
  })
})
