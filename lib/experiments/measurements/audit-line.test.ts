import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { auditLine } from './audit-line'
import { shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')

it('reads back as the same event', () => {
  for (const event of sample.events) expect(normaliseEvent(JSON.parse(auditLine(event)) as JsonObject)).toEqual(event)
})

it('is within a half per cent of the log as it was written', () => {
  const written = gunzipSync(readFileSync(new URL('../../../datasets/sample/audit.jsonl.gz', import.meta.url)))
  const ours = sample.events.reduce((sum, event) => sum + Buffer.byteLength(auditLine(event)) + 1, 0)
  expect(Math.abs(ours / written.length - 1)).toBeLessThan(0.005)
})

it('stays one line that no HTML page reads as its own, whatever the log holds', () => {
  const [event] = sample.events
  if (!event) throw new Error('the sample is empty')
  const hostile = { ...event, userAgent: '</script><img src=x>\n\u2028&' }
  const line = auditLine(hostile)
  expect(line).not.toMatch(/[<>&\n\u2028]/)
  expect(normaliseEvent(JSON.parse(line) as JsonObject)).toEqual(hostile)
})
