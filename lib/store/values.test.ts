import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from './database'
import { openTestDatabase, type TestDatabase } from './testing'
import { columnText, jsonText } from './values'

describe('jsonText', () => {
  it('leaves ordinary text as JSON.stringify has it', () => {
    for (const value of ['a\\u0000b', 'C:\\ud', '\\\\u0000', 'ä😀', { a: ['\t\n'] }]) expect(JSON.parse(jsonText(value))).toEqual(value)
  })

  it('replaces NUL and half surrogates', () => {
    expect(JSON.parse(jsonText(['\u0000', 'x\ud800y', '\udfff', '\\\u0000', '😀']))).toEqual(['\uFFFD', 'x\uFFFDy', '\uFFFD', '\\\uFFFD', '😀'])
  })
})

describe('what PostgreSQL is given', () => {
  let database: TestDatabase
  beforeAll(async () => { database = await openTestDatabase() })
  afterAll(() => database.close())

  it('is taken, whatever a log holds', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
      const [row] = await sql<{ value: string[]; column: string | null }>('SELECT $1::jsonb AS value, $2::text AS column', [jsonText(texts), columnText(texts[0] ?? null)])
      expect(row?.value).toEqual(texts.map((text) => text.toWellFormed().replaceAll('\0', '\uFFFD')))
    }), { numRuns: 60 })
  })
})
