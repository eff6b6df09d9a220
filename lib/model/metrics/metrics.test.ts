import { describe, expect, test } from 'vitest'
import golden from '../golden/metrics.json'
import { calibration } from './calibration'
import { cohensKappa, macroF1, perClass, tupleAccuracy, weightedF1 } from './classification'
import { Confusion, confusionOf } from './confusion'
import { partAccuracy, partMacroF1 } from './parts'

const near = (value: number, want: number) => expect(Math.abs(value - want)).toBeLessThan(1e-9)

describe.each(golden.cases)('as scikit-learn: $name', (want) => {
  const confusion = confusionOf(want.truth, want.predicted)
  test('accuracy, macro and weighted F1, kappa', () => {
    near(tupleAccuracy(confusion), want.accuracy)
    near(macroF1(confusion), want.macroF1)
    near(weightedF1(confusion), want.weightedF1)
    near(cohensKappa(confusion), want.kappa)
  })
  test('precision, recall, F1 and support of every class', () => {
    const scores = new Map(perClass(confusion).map((score) => [score.label, score]))
    expect(scores.size).toBe(want.perClass.length)
    for (const one of want.perClass) {
      const score = scores.get(one.label)!
      near(score.precision, one.precision)
      near(score.recall, one.recall)
      near(score.f1, one.f1)
      expect(score.support).toBe(one.support)
    }
  })
  test('confusion', () => {
    const cells = confusion.cells().map(({ truth, predicted, count }) => [truth, predicted, count])
    expect(new Set(cells.map((cell) => cell.join('>')))).toEqual(new Set(want.confusion.map((cell) => cell.join('>'))))
  })
  test('parts and calibration', () => {
    partAccuracy(Int32Array.from(want.partsTrue), Int32Array.from(want.partsPredicted)).forEach((value, k) => near(value, want.parts[k]!))
    partMacroF1(Int32Array.from(want.partsTrue), Int32Array.from(want.partsPredicted)).forEach((value, k) => near(value, want.partsF1[k]!))
    near(calibration(want.confidence, want.truth.map((name, i) => name === want.predicted[i]), 15).error, want.calibrationError)
  })
})

test('nothing to score is 0, not NaN', () => {
  const none = new Confusion()
  for (const score of [tupleAccuracy, macroF1, weightedF1, cohensKappa]) expect(score(none)).toBe(0)
  expect(partAccuracy(new Int32Array(0), new Int32Array(0))).toEqual([0, 0, 0, 0, 0])
  expect(calibration([], []).error).toBe(0)
})

test('a true part of -1 is never right', () => {
  expect(partAccuracy(Int32Array.of(-1, 1, 1, 1, 1), Int32Array.of(-1, 1, 1, 1, 2))).toEqual([0, 1, 1, 1, 0])
})

test('confidence outside 0..1 and lists of different lengths are refused', () => {
  expect(() => calibration([1.1], [1])).toThrow(RangeError)
  expect(() => confusionOf(['a'], [])).toThrow(RangeError)
})
