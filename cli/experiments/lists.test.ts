import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationSeconds } from './duration'
import { addAxis, numbers, oneOfEach } from './lists'

describe('an axis on the command line', () => {
  it('is a name with values, numbers where they look like numbers', () => {
    expect(addAxis('window=5,20')).toEqual({ window: [5, 20] })
    expect(addAxis('omit=verb,none', addAxis('learningRate=4e-3'))).toEqual({ learningRate: [0.004], omit: ['verb', 'none'] })
    expect(addAxis('preset=k8ntext', { preset: ['linked'] }), 'the last word counts').toEqual({ preset: ['k8ntext'] })
  })

  it.each(['window', 'window=', '=5', 'window=5,,6', '__proto__=5', '1=2', 'a b=1'])('is refused: %s', (text) => {
    expect(() => addAxis(text)).toThrow(expect.objectContaining({ code: 'wrong-use' }) as Error)
  })

  it('keeps every number as it was', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      expect(addAxis(`x=${values.join(',')}`)).toEqual({ x: values.map((value) => Number(String(value))) })
    }))
  })
})

it('lists hold what is known and nothing else', () => {
  expect(numbers('5,20')).toEqual([5, 20])
  expect(() => numbers('5,x')).toThrow(expect.objectContaining({ code: 'wrong-use' }) as Error)
  expect(oneOfEach(['a', 'b'], 'letter')('b,a')).toEqual(['b', 'a'])
  expect(() => oneOfEach(['a', 'b'], 'letter')('c')).toThrow('"c" is no letter: take a or b.')
})

describe('a time', () => {
  it.each([['90s', 90], ['30m', 1800], ['1h30m', 5400], ['1.5h', 5400], ['2d', 172_800]])('%s is %d seconds', (text, seconds) => expect(durationSeconds(text)).toBe(seconds))
  it.each(['', '30', 'm', '1h30', 'x1m', '0s', '-1m', '1m '])('is refused: "%s"', (text) => expect(() => durationSeconds(text)).toThrow())
})
