import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { MeasuredText } from './measured-text'

it('counts bytes as UTF-8 and packs as gzip does, however the text comes', async () => {
  const pieces = Array.from({ length: 300 }, (_, i) => `{"line":${i},"name":"größe-${(i * 7919) % 997}"}\n`)
  const text = new MeasuredText()
  for (const piece of pieces) await text.add(piece)
  const whole = Buffer.from(pieces.join(''))
  const { bytes, packed } = await text.end()
  expect(bytes).toBe(whole.length)
  expect(packed).toBe(gzipSync(whole).length)
})

it('packs nothing into an empty member', async () => {
  expect(await new MeasuredText().end()).toEqual({ bytes: 0, packed: gzipSync('').length })
})
