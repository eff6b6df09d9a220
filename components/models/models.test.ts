import { describe, expect, test } from 'vitest'
import { barScale } from './bar-scale'
import { formsOf } from './figure-columns'
import { explanationCodec } from './importance-state'
import { allowedActions } from './model-actions'

describe('barScale', () => {
  test('covers every value and zero, with round ticks', () => {
    const scale = barScale([0.48, -0.013, 0.2], 100, 500)
    expect([scale.x(scale.low), scale.x(0.48)]).toEqual([100, 500])
    expect(scale.ticks).toEqual([0, 0.2, 0.4])
    expect(scale.x(0)).toBeGreaterThan(100)
  })
  test('shows nothing large where nothing is', () => {
    expect(barScale([0, 0], 0, 100)).toMatchObject({ low: 0, high: 0.01 })
    expect(barScale([], 0, 100).x(0)).toBe(0)
  })
})

test('metrics are told by the form of the log, as logged first', () => {
  const forms = formsOf({ 'metadata.lineAccuracy': 0.9, lineAccuracy: 0.99, epochs: 3 })
  expect(forms.map(({ name, values }) => [name, values])).toEqual([['logged', { lineAccuracy: 0.99, epochs: 3 }], ['metadata', { lineAccuracy: 0.9 }]])
  expect(forms[1]?.title).toBe('Metadata level (bodies stripped)')
})

test('what the page shows is read from its address, defaults unsaid', () => {
  expect(explanationCodec.write(explanationCodec.read(new URLSearchParams())).toString()).toBe('')
  expect(explanationCodec.write(explanationCodec.read(new URLSearchParams('measure=macroF1&by=features&depth=7'))).toString()).toBe('measure=macroF1&by=features&depth=7')
  expect(explanationCodec.read(new URLSearchParams('measure=x&by=y&depth=-4'))).toEqual({ measure: null, by: 'groups', depth: 1 })
})

describe('what may be done with a model', () => {
  const stored = { origin: 'stored', isDefault: false, publishedAt: null } as const
  const [ships, published] = [{ origin: 'ships', publishedAt: null }, { ...stored, publishedAt: '2026-01-01T00:00:00.000Z' }] as const
  test.each([
    [{ ...stored, state: 'draft' }, ['default', 'publish', 'archive', 'delete']],
    [{ ...stored, state: 'draft', isDefault: true }, ['publish', 'archive', 'delete']],
    [{ ...published, state: 'published' }, ['default', 'archive']],
    [{ ...stored, state: 'archived' }, ['draft', 'delete']],
    [{ ...published, state: 'archived' }, ['publish', 'delete']],
    [{ ...ships, isDefault: true, state: 'published' }, []],
    [{ ...ships, isDefault: false, state: 'published' }, ['default']],
  ] as const)('%o', (model, actions) => expect(allowedActions(model)).toEqual(actions))
})
