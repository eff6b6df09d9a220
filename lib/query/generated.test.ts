import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GRAMMAR_SHA256 } from './generated/parser.mjs'

test('the generated parser is that of grammar.lark (else run node tools/generate-parser.mjs)', () => {
  const grammar = readFileSync(new URL('grammar.lark', import.meta.url))
  expect(GRAMMAR_SHA256).toBe(createHash('sha256').update(grammar).digest('hex'))
})

test('the generated parser is fit for a browser under a strict policy', () => {
  const source = readFileSync(new URL('generated/parser.mjs', import.meta.url), 'utf8')
  expect(source).not.toMatch(/\beval\(|new Function\(|module\.exports|\brequire\(/)
})
