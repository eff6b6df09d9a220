import { AuditweaveError } from '@/lib/audit/errors'
import { shuffled } from './random'
import { coveredLines, windowStartsIn, type LineRange } from './windows'

/** Shares of the whole that are set apart; .1 and .1 leave .8 to train on. */
export interface SplitShares { readonly test: number; readonly validation: number }

/** Which windows a run learns from, stops by and is scored on; windows are named by their first line. */
export interface Split {
  readonly protocol: 'paper' | 'blocked'
  readonly window: number
  readonly train: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
  /** Lines that vocabularies and label coder are fitted on. */
  readonly fitted: LineRange
  /** The lines that each set may touch; in the paper's protocol all three are the whole log. */
  readonly trainLines: LineRange
  readonly validationLines: LineRange
  readonly testLines: LineRange
}

function checkShares({ test, validation }: SplitShares): void {
  if (!(test > 0 && validation > 0 && test + validation < 1)) {
    throw new AuditweaveError('bad-split', `Test share ${test} and validation share ${validation} must be above 0 and leave lines to train on.`)
  }
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
    fitted: whole,
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
  for (const [name, block] of [['training', trainLines], ['validation', validationLines], ['test', testLines]] as const) {
    const size = block.to - block.from
    if (size < W) throw tooShort(`The ${name} block holds ${Math.max(0, size)} of ${lines} lines, fewer than the window of ${W}`)
  }
  const testStride = Math.min(options.testStride ?? options.stride, W)
  return {
    protocol: 'blocked',
    window: W,
    train: windowStartsIn(trainLines, W, options.stride, { flush: true }),
    validation: windowStartsIn(validationLines, W, options.stride, { flush: true }),
    test: windowStartsIn(testLines, W, testStride, { flush: true }),
    fitted: trainLines,
    trainLines,
    validationLines,
    testLines,
  }
}

/** How many lines the test windows cover, and the share of them that also stand in a training window. */
export function leakage(split: Split, lines: number): { readonly testLines: number; readonly leaked: number } {
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
