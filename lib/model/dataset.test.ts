import { describe, expect, test } from 'vitest'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { makeLabel } from '@/lib/labels/codec'
import { encodeDataset, encodeWith, keptFeatures, type TrainingExamples } from './dataset'
import { tinyLog } from './fixtures/tiny-log'
import { blockedSplit } from './splits'

/** A log whose every line has a value and a custom resource that no other line has. */
function unlikeLines(lines: number): TrainingExamples {
  const labels = Array.from({ length: lines }, (_, i) => makeLabel({ group: 'x.example', resource: `kind${i}`, verb: 'get', namespaced: true, single: true }))
  return { rows: labels.map((_, i) => PAPER_FEATURES.map((name) => (name.endsWith('.kind') ? `value${i}` : null))), labels }
}

describe('fitting', () => {
  const examples = unlikeLines(400)
  const split = blockedSplit(400, 8, { test: 0.2, validation: 0.2, stride: 3 })
  const dataset = encodeDataset(examples, { fitted: split.fitted })

  test('sees the training block alone', () => {
    const seen = new Set(dataset.inputs.flatMap((input) => [...input.vocabulary.values]))
    expect(seen.size).toBe(split.trainLines.to)
    for (let line = split.trainLines.to; line < 400; line++) expect(seen.has(`value${line}`)).toBe(false)
    expect(dataset.coder.toData().custom).toHaveLength(split.trainLines.to)
  })
  test('so that other lines read as unknown and their labels have no class, yet count as truth', () => {
    const column = PAPER_FEATURES.indexOf('requestObject.kind')
    const line = split.testLines.from
    expect(dataset.lines.features[line * PAPER_FEATURES.length + column]).toBe(1)
    expect(dataset.lines.labels[line * 5]).toBe(-1)
    expect(dataset.truth[line]).toBe(`x.example/kind${line}||3|1|1`)
  })
})

test('features left out shrink the matrix and nothing else', () => {
  const examples = tinyLog(50, 2)
  const whole = encodeDataset(examples, { fitted: { from: 0, to: 50 } })
  const less = encodeDataset(examples, { fitted: { from: 0, to: 50 }, omit: ['verb', 'user.groups[0]'] })
  expect(less.inputs).toHaveLength(37)
  expect(less.lines.labels).toEqual(whole.lines.labels)
  const resource = (dataset: typeof whole) => {
    const place = dataset.inputs.findIndex((input) => input.name === 'objectRef.resource')
    return Array.from({ length: 50 }, (_, line) => dataset.lines.features[line * dataset.inputs.length + place])
  }
  expect(resource(less)).toEqual(resource(whole))
  expect(() => keptFeatures(['nonsense'])).toThrow(/no feature "nonsense"/)
  expect(() => keptFeatures(PAPER_FEATURES)).toThrow(/keep at least one/)
})

test('a line without a label is masked, or the zero tuple where that is asked for', () => {
  const { rows, labels } = tinyLog(10, 2)
  const examples = { rows, labels: labels.map((label, line) => (line === 4 ? null : label)) }
  const masked = encodeDataset(examples, { fitted: { from: 0, to: 10 } })
  expect([...masked.lines.labels.subarray(20, 25)]).toEqual([-1, -1, -1, -1, -1])
  expect(masked.truth[4]).toBeNull()
  const unknown = encodeDataset(examples, { fitted: { from: 0, to: 10 }, nullLabels: 'unknown' })
  expect([...unknown.lines.labels.subarray(20, 25)]).toEqual([0, 0, 0, 0, 0])
  expect(unknown.truth[4]).toBe('unknown')
})

test('a fitted encoding carries over to other lines', () => {
  const first = encodeDataset(tinyLog(50, 2), { fitted: { from: 0, to: 50 } })
  const again = encodeWith(tinyLog(50, 2), first.inputs, first.coder)
  expect(again.lines).toEqual(first.lines)
  expect(encodeWith(tinyLog(50, 9), first.inputs, first.coder).lines).not.toEqual(first.lines)
})
