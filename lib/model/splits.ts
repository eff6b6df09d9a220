import { AuditweaveError } from '@/lib/audit/errors'
import { shuffled } from './random'
import { coveredLines, windowStartsIn, type LineRange } from './windows'

/** Shares of the whole that are set apart; .1 and .1 leave .8 to train on. */
export interface SplitShares { readonly test: number; readonly validation: number }

/** Which windows a run learns from, stops by and is scored on; windows are named by their first line. */
export interface Split {
  readonly protocol: 'paper' | 'blocked' | 'transfer' | 'stored'
  readonly window: number
  readonly train: Int32Array
  readonly validation: Int32Array
  /** In the transfer protocol, windows of the other data set. */
  readonly test: Int32Array
  /** Lines that vocabularies and label coder are fitted on, in log order. */
  readonly fitted: readonly LineRange[]
  /**
   * The lines that each set may touch; in the paper's protocol all three are the whole log. The training lines of a fold lie on both sides of its test
   * block: `trainLines` holds both and what is between, `fitted` them alone.
   */
  readonly trainLines: LineRange
  readonly validationLines: LineRange
  readonly testLines: LineRange
}

function checkShares({ test, validation }: SplitShares): void {
  if (!(test > 0 && validation > 0 && test + validation < 1)) {
    throw new AuditweaveError('bad-split', `Test share ${test} and validation share ${validation} must be above 0 and leave lines to train on.`)
  }
}

function checkBlock(name: string, block: LineRange, W: number): void {
  const size = block.to - block.from
  if (size < W) throw tooShort(`The ${name} block holds ${Math.max(0, size)} lines, fewer than the window of ${W}`)
}

function tooShort(what: string): AuditweaveError {
  return new AuditweaveError('log-too-short', `${what}: take a longer log, a smaller window or smaller shares.`)
}

/**
 * The paper's protocol: overlapping windows of the whole log, shuffled by seed, then cut into test, validation and
 * training windows. Neighbouring windows share all but `stride` lines, so nearly every test line is also trained on.
 * The published pipeline fits its encoders before it splits, hence `fitted` is the whole log.
 */
export function paperSplit(starts: Int32Array, options: SplitShares & { readonly seed: number; readonly window: number; readonly lines: number }): Split {
  checkShares(options)
  const order = shuffled(starts, options.seed, 'split', 0)
  const test = Math.max(1, Math.round(order.length * options.test))
  const validation = Math.max(1, Math.round(order.length * options.validation))
  if (order.length < test + validation + 1) throw tooShort(`${starts.length} windows cannot be split three ways`)
  const whole = { from: 0, to: options.lines }
  return {
    protocol: 'paper',
    window: options.window,
    test: order.slice(0, test).sort(),
    validation: order.slice(test, test + validation).sort(),
    train: order.slice(test + validation).sort(),
    fitted: [whole],
    trainLines: whole,
    validationLines: whole,
    testLines: whole,
  }
}

/**
 * The blocked protocol: three contiguous blocks in log order (train, validation, test) with a gap of W - 1 lines
 * between them, so that no line, and no line's window, is in two sets. Only the training block is fitted on.
 */
export function blockedSplit(lines: number, W: number, options: SplitShares & { readonly stride: number; readonly testStride?: number }): Split {
  checkShares(options)
  const gap = W - 1
  const testLines = { from: lines - Math.round(lines * options.test), to: lines }
  const validationEnd = testLines.from - gap
  const validationLines = { from: Math.round(lines * (1 - options.test - options.validation)), to: validationEnd }
  const trainLines = { from: 0, to: validationLines.from - gap }
  for (const [name, block] of [['training', trainLines], ['validation', validationLines], ['test', testLines]] as const) checkBlock(name, block, W)
  const testStride = Math.min(options.testStride ?? options.stride, W)
  return {
    protocol: 'blocked',
    window: W,
    train: windowStartsIn(trainLines, W, options.stride, { flush: true }),
    validation: windowStartsIn(validationLines, W, options.stride, { flush: true }),
    test: windowStartsIn(testLines, W, testStride, { flush: true }),
    fitted: [trainLines],
    trainLines,
    validationLines,
    testLines,
  }
}

/** Where a fold stands: `fold` counts from 1 to k; `validation` is a share of all lines. */
export interface FoldOptions { readonly k: number; readonly fold: number; readonly validation: number; readonly stride: number; readonly testStride?: number }

/**
 * One fold of a blocked cross-validation: of k contiguous blocks of near equal size the `fold`-th is tested on. Validation is the end of the longer side
 * of it, training all else; W - 1 lines are left out wherever two sets meet, so that no line is in two of them. Only training lines are fitted on.
 */
export function foldSplit(lines: number, W: number, { k, fold, validation, stride, testStride = stride }: FoldOptions): Split {
  checkFold(k, fold, validation)
  const testLines = { from: Math.round((lines * (fold - 1)) / k), to: Math.round((lines * fold) / k) }
  const sides = [{ from: 0, to: Math.max(0, testLines.from - (W - 1)) }, { from: Math.min(lines, testLines.to + (W - 1)), to: lines }]
  const longer = sides[0] && sides[1] && sides[0].to - sides[0].from >= sides[1].to - sides[1].from ? 0 : 1
  const { from, to } = sides[longer] as LineRange
  const validationLines = { from: Math.max(from, to - Math.round(lines * validation)), to }
  const kept = sides.with(longer, { from, to: validationLines.from - (W - 1) }).filter((side) => side.to - side.from >= W)
  checkBlock('test', testLines, W)
  checkBlock('validation', validationLines, W)
  checkBlock('training', { from: 0, to: kept.reduce((sum, side) => sum + side.to - side.from, 0) }, W)
  return {
    protocol: 'blocked',
    window: W,
    train: windowsOf(kept, W, stride),
    validation: windowStartsIn(validationLines, W, stride, { flush: true }),
    test: windowStartsIn(testLines, W, Math.min(testStride, W), { flush: true }),
    fitted: kept,
    trainLines: { from: kept[0]?.from ?? 0, to: kept.at(-1)?.to ?? 0 },
    validationLines,
    testLines,
  }
}

function checkFold(k: number, fold: number, validation: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(fold) || k < 2 || fold < 1 || fold > k) throw new AuditweaveError('bad-split', `There is no fold ${fold} of ${k}: folds count from 1 to k, and k is 2 or more.`)
  if (!(validation > 0 && validation + 1 / k < 1)) throw new AuditweaveError('bad-split', `Beside a ${k}-th of the lines to test on, a validation share of ${validation} must leave lines to train on: take another share or more folds.`)
}

/** Windows of every range, the last of each flush with its end. */
function windowsOf(ranges: readonly LineRange[], W: number, stride: number): Int32Array {
  return Int32Array.from(ranges.flatMap((range) => [...windowStartsIn(range, W, stride, { flush: true })]))
}

/**
 * The transfer protocol: all of one data set is learnt from, but for a validation block at its end, and all of another (`scored` lines long) is tested on.
 * Nothing of the other is fitted on.
 */
export function transferSplit(lines: number, scored: number, W: number, options: { readonly validation: number; readonly stride: number; readonly testStride?: number }): Split {
  const { validation, stride, testStride = stride } = options
  if (!(validation > 0 && validation < 1)) throw new AuditweaveError('bad-split', `A validation share of ${validation} must be above 0 and leave lines to train on.`)
  const validationLines = { from: Math.round(lines * (1 - validation)), to: lines }
  const trainLines = { from: 0, to: validationLines.from - (W - 1) }
  const testLines = { from: 0, to: scored }
  for (const [name, block] of [['training', trainLines], ['validation', validationLines], ['test', testLines]] as const) checkBlock(name, block, W)
  return {
    protocol: 'transfer',
    window: W,
    train: windowsOf([trainLines], W, stride),
    validation: windowsOf([validationLines], W, stride),
    test: windowsOf([testLines], W, Math.min(testStride, W)),
    fitted: [trainLines],
    trainLines,
    validationLines,
    testLines,
  }
}

/**
 * A stored split, of lines that stand part by part: first those that are trained on, then validation, then test. Windows lie within a part, and only
 * training lines are fitted on.
 */
export function storedSplit({ train, validation, test }: { readonly train: number; readonly validation: number; readonly test: number }, W: number, { stride, testStride = stride }: { readonly stride: number; readonly testStride?: number }): Split {
  const trainLines = { from: 0, to: train }
  const validationLines = { from: train, to: train + validation }
  const testLines = { from: validationLines.to, to: validationLines.to + test }
  for (const [name, part] of [['training', trainLines], ['validation', validationLines], ['test', testLines]] as const) checkBlock(name, part, W)
  return {
    protocol: 'stored',
    window: W,
    train: windowsOf([trainLines], W, stride),
    validation: windowsOf([validationLines], W, stride),
    test: windowsOf([testLines], W, Math.min(testStride, W)),
    fitted: [trainLines],
    trainLines,
    validationLines,
    testLines,
  }
}

/** How many lines the test windows cover, and the share of them that also stand in a training window. */
export function leakage(split: Split, lines: number): { readonly testLines: number; readonly leaked: number } {
  if (split.protocol === 'transfer') return { testLines: split.testLines.to - split.testLines.from, leaked: 0 }
  const trained = coveredLines(split.train, split.window, lines)
  const tested = coveredLines(split.test, split.window, lines)
  let count = 0
  let leaked = 0
  for (let line = 0; line < lines; line++) {
    count += tested[line] as number
    leaked += (tested[line] as number) & (trained[line] as number)
  }
  return { testLines: count, leaked: count === 0 ? 0 : leaked / count }
}
