import { describe, expect, it } from 'vitest'
import { AXES } from '@/lib/experiments/axes'
import { listExperiments } from '@/lib/experiments/catalogue'
import { findMeasure } from '@/lib/experiments/measures'
import { experimentChoice } from '@/lib/notebook/experiment-choice'
import { importMarkdown } from '@/lib/notebook/import-markdown'

describe('what forms of cells offer of an experiment', () => {
  it.each(listExperiments().map((spec) => [spec.name, spec] as const))('%s: items, axes and measures that cells take', (name, spec) => {
    const { items, axes, measures } = experimentChoice(spec)
    expect(axes.filter(({ value }) => !Object.hasOwn(AXES, value))).toEqual([])
    expect(measures.filter(({ value }) => findMeasure(value) === undefined)).toEqual([])
    const ids = items.map(({ value }) => value)
    expect(ids.filter((id) => ['findings', 'notes', 'runs'].includes(id))).toEqual([])
    const { notes, document } = importMarkdown(`\`\`\`experiment experiment=${name} items=${ids.join(',')}\n\`\`\`\n`)
    expect([notes, document.cells[0]]).toMatchObject([[], { kind: 'experiment', items: ids.join(',') }])
  })
})
