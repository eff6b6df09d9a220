import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { canMount, mountSmallDisk } from './testing/small-disk'
import { writeBytes } from './write-file'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-bytes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('writeBytes', () => {
  it('keeps a file that is there, or replaces it', async () => {
    const path = join(folder, 'a.onnx')
    await writeBytes(path, Uint8Array.of(1, 2), { existing: 'keep' })
    await expect(writeBytes(path, Uint8Array.of(3), { existing: 'keep' })).rejects.toMatchObject({ code: 'file-exists', message: `${path} is there already and was left as it is. Name another file with -o, or add --force to replace it.` })
    expect([...readFileSync(path)]).toEqual([1, 2])
    await writeBytes(path, Uint8Array.of(3), { existing: 'replace' })
    expect([...readFileSync(path)]).toEqual([3])
    expect(readdirSync(folder)).toEqual(['a.onnx'])
  })

  it('says why a file cannot be written, and what to do', async () => {
    await expect(writeBytes(join(folder, 'none', 'a'), Uint8Array.of(1), { existing: 'keep' })).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('Its folder does not exist') })
    await expect(writeBytes(folder, Uint8Array.of(1), { existing: 'replace' })).rejects.toMatchObject({ message: expect.stringContaining('It is a folder') })
  })

  it.runIf(existsSync('/dev/full'))('writes to a device as it is', async () => {
    await expect(writeBytes('/dev/full', Uint8Array.of(1), { existing: 'keep' })).rejects.toMatchObject({ message: expect.stringContaining('The disk is full') })
    expect(existsSync('/dev/full')).toBe(true)
  })

  it.runIf(canMount())('leaves the old file and nothing half-written on a full disk', async () => {
    const disk = join(folder, 'disk')
    const unmount = mountSmallDisk(disk)
    try {
      const path = join(disk, 'a.onnx')
      writeFileSync(path, 'old')
      await expect(writeBytes(path, new Uint8Array(1 << 20), { existing: 'replace' })).rejects.toMatchObject({ message: `${path} could not be written (ENOSPC). The disk is full: free some space or choose another place.` })
      expect(readdirSync(disk)).toEqual(['a.onnx'])
      expect(readFileSync(path, 'utf8')).toBe('old')
    } finally {
      unmount?.()
    }
  })
})
