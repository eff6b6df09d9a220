import { expect, it } from 'vitest'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { extractFacts } from '@/lib/contexts/facts'
import { exportRecords } from '@/lib/export/formats'
import { parseCompact } from '@/lib/export/compact'
import { auditLine } from './audit-line'
import { measureStorage, storagePoints } from './storage'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const lengthOf = (text: string): number => Buffer.byteLength(text)

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = []
  for await (const piece of pieces) all.push(piece)
  return all.join('')
}

it('divides by hand', () => {
  const points = storagePoints(new Map([['raw', { bytes: 8000, packed: 400, held: 100 }], ['stripped', { bytes: 2000, held: 25 }]]), 100)
  expect(points).toEqual([
    { axes: { form: 'raw' }, measures: { bytes: 8000, bytesPerLine: 80, ratio: 1, storedLines: 100, loggedLines: 100 } },
    { axes: { form: 'raw-gzip' }, measures: { bytes: 400, bytesPerLine: 4, ratio: 20, storedLines: 100, loggedLines: 100 } },
    { axes: { form: 'stripped' }, measures: { bytes: 2000, bytesPerLine: 20, ratio: 4, storedLines: 25, loggedLines: 100 } },
  ])
})

it('tells the bytes of what is really written', async () => {
  const points = await measureStorage({ measurement: 'storage', lines: null, method: 'links' }, depsFor(sample))
  const of = (form: string) => points.find(({ axes }) => axes.form === form)?.measures ?? {}
  const found = reconstruct(sample.events.map((event) => extractFacts(event)))
  const compact = await textOf(exportRecords('compact', found.records, found.contexts))
  expect(of('raw').bytes).toBe(sample.events.reduce((sum, event) => sum + lengthOf(auditLine(event)) + 1, 0))
  expect(of('records').bytes).toBe(lengthOf(await textOf(exportRecords('jsonl', found.records, found.contexts))))
  expect(of('compact').bytes).toBe(lengthOf(compact))
  expect(of('compact').storedLines).toBe(parseCompact(compact).records.length)
  expect(of('contexts').storedLines).toBe(found.contexts.length)
  expect(of('embedded').storedLines).toBe(sample.events.length)
  expect(of('stripped').storedLines).toBe(found.records.filter(({ context }) => context !== null).length)
})

it('writes linking information into lines that stay JSON', async () => {
  const [event] = sample.events
  if (!event) throw new Error('the sample is empty')
  const points = await measureStorage({ measurement: 'storage', lines: 1, method: 'links' }, depsFor(sample))
  const of = (form: string): number => points.find(({ axes }) => axes.form === form)?.measures.bytes ?? 0
  const [record] = reconstruct([extractFacts(event)]).records
  const { role, label, confidence, context, links } = record ?? {}
  expect(of('embedded')).toBe(lengthOf(`${JSON.stringify({ ...(JSON.parse(auditLine(event)) as object), auditweave: { role, label, confidence, context, links } }).replaceAll('&', '\\u0026')}\n`))
})

it('reads no more lines than it is told', async () => {
  const points = await measureStorage({ measurement: 'storage', lines: 150, method: 'links' }, depsFor(sample))
  expect(points.every(({ measures }) => measures.loggedLines === 150)).toBe(true)
})
