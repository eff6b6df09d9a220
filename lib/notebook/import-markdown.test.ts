import { describe, expect, it } from 'vitest'
import { exportMarkdown } from './export/markdown'
import { importMarkdown } from './import-markdown'

const TEXT = `# The case

What was seen.

\`\`\`query id=deletes dataset=incidents-a view=timeline
verb == "delete"
\`\`\`

## Who did it

\`\`\`chart from=deletes x=user y=count by=none
Deletions by user
\`\`\`
`

describe('importing Markdown', () => {
  it('reads a title, text and cells', () => {
    const { title, document, notes } = importMarkdown(TEXT)
    expect([title, notes]).toEqual(['The case', []])
    expect(document.cells.map(({ kind, id, text }) => [kind, id, text])).toEqual([
      ['markdown', 'c1', 'What was seen.'], ['query', 'deletes', 'verb == "delete"'], ['markdown', 'c2', '## Who did it'], ['chart', 'c3', 'Deletions by user'],
    ])
    expect(document.cells[1]).toMatchObject({ dataset: 'incidents-a', view: 'timeline', of: 'contexts', limit: 20 })
  })

  it('writes a cell anew once it was changed, and leaves the others as they were written', () => {
    const { title, document } = importMarkdown(TEXT.replace('view=timeline', 'limit=5   view=timeline'))
    const changed = document.cells.map((cell) => (cell.kind === 'query' ? { ...cell, view: 'chart' as const } : cell))
    expect(exportMarkdown(title, { ...document, cells: changed })).toBe(TEXT.replace('view=timeline', 'view=chart limit=5'))
    const other = document.cells.map((cell) => (cell.kind === 'chart' ? { ...cell, x: 'verb' } : cell))
    expect(exportMarkdown(title, { ...document, cells: other })).toContain('limit=5   view=timeline')
  })

  it('says which blocks stay text, and why', () => {
    const { document, notes } = importMarkdown('```query dataset=lab-a limit=900\nverb == "get"\n```\n\n```query id=a dataset=x\n```\n\n```query id=a dataset=y\n```\n')
    expect(notes).toEqual(['Line 1: this query block stays text: limit: Too big: expected number to be <=200.', 'Line 8: this query block stays text: another block has the id a.'])
    expect(document.cells.map((cell) => cell.kind)).toEqual(['markdown', 'query', 'markdown'])
  })

  it('leaves code of other languages, and cells inside it, alone', () => {
    const { document } = importMarkdown('````text\n```query dataset=x\n```\n````\n')
    expect(document.cells.map((cell) => cell.kind)).toEqual(['markdown'])
  })

  it('names a cell that others are made from, and only then', () => {
    const query = { kind: 'query', id: 'c1', text: 'verb == "get"', dataset: 'a', of: 'contexts', view: 'table', limit: 20 } as const
    expect(exportMarkdown('T', { cells: [query], heading: false })).not.toContain('id=')
    expect(exportMarkdown('T', { cells: [query, { kind: 'context', id: 'c2', text: '', from: 'c1', pick: 'first' }], heading: false })).toContain('query id=c1 dataset=a')
  })

  it('refuses what is too long to be read', () => {
    expect(() => importMarkdown('# a\n'.repeat(600))).toThrow('more than the 500 cells')
  })
})
