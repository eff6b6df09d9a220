import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CELL_KINDS, documentSchema, newCell, type Cell } from './cell'
import { exportMarkdown } from './export/markdown'
import { contentKey } from './fence'
import { importMarkdown } from './import-markdown'

const again = (text: string): string => {
  const { title, document } = importMarkdown(text)
  return exportMarkdown(title, document)
}

/** Lines that mean something to the reader, in any order and broken in any way. */
const line = fc.oneof(
  fc.constantFrom('', ' ', '# Title', '## Part', '### Small', 'Some *text*', '    code', '```', '~~~', '````', '```js', '```query dataset=lab-a', '```query id=a dataset="my log" view=chart', '```query id=a id=b dataset=x', '```query',
    '```chart from=a x=verb y=count by=none', '``` chart from=c1', '```experiment experiment=window-size', '```comparison from=a measures=lineAccuracy', '```context from=a pick=largest  ', '   ```', '```  ', 'verb == "delete"', '- item', '\r', '# Title\r', '$$', '| a | b |', '\u2028', '\uFEFF'),
  fc.string({ maxLength: 20 }),
  fc.string({ maxLength: 8, unit: fc.constantFrom('`', '~', '#', ' ', '\t', '"', '=', '\\', 'query', '\r', 'é', '\ud800') }),
)
const markdown = fc.array(line, { maxLength: 30 }).chain((lines) => fc.constantFrom('\n', '\r\n', '\n\n').map((end) => lines.join(end)))

const text = fc.string({ maxLength: 60, unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('`', '```', '\n', '"', '\\', ' ')) })
const id = fc.integer({ min: 0, max: 25 }).map((number) => `cell-${String.fromCharCode(97 + number)}`)
const cell: fc.Arbitrary<Cell> = fc.tuple(fc.constantFrom(...CELL_KINDS.filter((kind) => kind !== 'markdown')), id, fc.string({ minLength: 1, maxLength: 12 }), text)
  .map(([kind, name, dataset, body]) => ({ ...newCell(kind, name, dataset), text: body }))

describe('Markdown to a notebook and back', () => {
  it('is identical, whatever the Markdown', () => {
    fc.assert(fc.property(markdown, (given) => {
      expect(again(given)).toBe(given)
      expect(documentSchema.safeParse(importMarkdown(given).document).success).toBe(true)
    }), { numRuns: 2000 })
  })

  it('keeps every cell that is not text, whatever it holds', () => {
    fc.assert(fc.property(fc.uniqueArray(cell, { selector: (one) => one.id, maxLength: 6 }), (cells) => {
      const read = importMarkdown(exportMarkdown('T', { cells, heading: true }))
      expect(read.notes).toEqual([])
      expect(read.document.cells.map(contentKey)).toEqual(cells.map(contentKey))
      expect(read.document.cells.map((one) => one.id)).toEqual(cells.map((one) => one.id))
    }), { numRuns: 500 })
  })

  it('is quick for hostile text', () => {
    for (const given of ['`'.repeat(200_000), '```query\n'.repeat(1200), '# \n'.repeat(400), ' '.repeat(9000), '\n'.repeat(9000)]) expect(again(given)).toBe(given)
  }, 10_000)
})
