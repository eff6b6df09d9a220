import { AuditweaveError } from '@/lib/audit/errors'
import { STREAMS, threefry } from '../random'
import { windowStartsIn, type LineRange } from '../windows'
import type { TrainingTable } from './training-table'

export interface LinkedShares { readonly test: number; readonly validation: number }

/** Which lines of a table training, validation and test look at. */
export interface LinkedSplit {
  /** First lines of the chunks that training may draw. */
  readonly train: Int32Array
  readonly fitted: (line: number) => boolean
  readonly validation: readonly LineRange[]
  readonly test: readonly LineRange[]
}

/** The two moments that cut a log into training, validation and test, in microseconds: the same for every form of the log. */
export interface Cuts { readonly validation: number; readonly test: number }

/** Cuts a log by shares of its lines, in order of time: the blocked protocol, in which no test line is seen in training. */
export function cutsOf(table: TrainingTable, shares: LinkedShares): Cuts {
  const lines = table.eventOf.length
  const moment = (share: number): number => table.events[table.eventOf[Math.min(lines - 1, Math.round(lines * share))] ?? 0]?.at ?? Infinity
  return { validation: moment(1 - shares.test - shares.validation), test: moment(1 - shares.test) }
}

/** Fewest lines that validation and test must each have in every form of the log, and the smallest window. */
const FEWEST = 8

interface Places { readonly validation: number; readonly test: number; readonly lines: number }

/** Lines at which a table is cut. */
function placesOf(table: TrainingTable, cuts: Cuts): Places {
  const lines = table.eventOf.length
  const until = (moment: number): number => {
    let [low, high] = [0, lines]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((table.events[table.eventOf[middle] ?? 0]?.at ?? Infinity) < moment) low = middle + 1
      else high = middle
    }
    return low
  }
  return { validation: until(cuts.validation), test: until(cuts.test), lines }
}

/** The same where nothing is tested on. Throws 'log-too-short'. */
export function fittingWholeWindow(tables: readonly TrainingTable[], cuts: Cuts, wanted: number): number {
  return fitting(Math.min(...tables.map((table) => {
    const { validation, lines } = placesOf(table, cuts)
    return Math.min(validation, lines - validation)
  })), wanted)
}

/**
 * The largest window, up to `wanted`, that every part of every table holds: a short log is learnt in shorter chunks.
 * Throws 'log-too-short' where a part has hardly a line.
 */
export function fittingWindow(tables: readonly TrainingTable[], cuts: Cuts, wanted: number): number {
  return fitting(Math.min(...tables.map((table) => {
    const { validation, test, lines } = placesOf(table, cuts)
    return Math.min(validation, test - validation, lines - test)
  })), wanted)
}

function fitting(shortest: number, wanted: number): number {
  if (shortest < FEWEST) throw new AuditweaveError('log-too-short', `One form of the log leaves ${shortest} lines of requests to hold back, and ${FEWEST} are needed: take a longer log.`)
  return Math.min(wanted, shortest)
}

/** Splits a table at the cuts. */
export function blockedLinkedSplit(table: TrainingTable, cuts: Cuts, window: number): LinkedSplit {
  const { validation, test, lines } = placesOf(table, cuts)
  const train = windowStartsIn({ from: 0, to: validation }, window, 1)
  return { train, fitted: (line) => line < validation, validation: [{ from: validation, to: test }], test: [{ from: test, to: lines }] }
}

/** For a model that is scored on another log: all of this one is learnt from, but for the lines after the first cut. */
export function wholeLinkedSplit(table: TrainingTable, cuts: Cuts, window: number): LinkedSplit {
  const { validation, lines } = placesOf(table, cuts)
  return { train: windowStartsIn({ from: 0, to: validation }, window, 1), fitted: (line) => line < validation, validation: [{ from: validation, to: lines }], test: [] }
}

/**
 * By a stored split: training draws windows from all of the log and learns from the lines of its own part in them alone, as contexts and links run
 * through all parts. Throws 'log-too-short' where a part has hardly a line.
 */
export function storedLinkedSplit(table: TrainingTable, partOf: ReadonlyMap<string, 0 | 1 | 2>, window: number): LinkedSplit {
  const parts = Array.from(table.eventOf, (event) => partOf.get(table.events[event]?.auditID ?? '') ?? -1)
  for (const [part, name] of [[0, 'training'], [1, 'validation'], [2, 'test']] as const) {
    const lines = parts.filter((one) => one === part).length
    if (lines < FEWEST) throw new AuditweaveError('log-too-short', `The split leaves ${lines} lines of requests for the ${name} part in one form of the log, and ${FEWEST} are needed: take another split.`)
  }
  const trained = Int32Array.from(parts, (part) => (part === 0 ? 1 : 0))
  let inWindow = trained.subarray(0, window).reduce((sum, one) => sum + one, 0)
  const train = windowStartsIn({ from: 0, to: parts.length }, window, 1).filter((start) => {
    if (start > 0) inWindow += (trained[start + window - 1] ?? 0) - (trained[start - 1] ?? 0)
    return inWindow > 0
  })
  return { train, fitted: (line) => parts[line] === 0, validation: stretches(parts, 1), test: stretches(parts, 2) }
}

/** Each run of lines of one part. */
function stretches(parts: readonly number[], part: number): LineRange[] {
  const found: LineRange[] = []
  let from = -1
  for (let line = 0; line <= parts.length; line++) {
    if (parts[line] === part) from = from < 0 ? line : from
    else if (from >= 0) {
      found.push({ from, to: line })
      from = -1
    }
  }
  return found
}

/** The published protocol: overlapping windows split at random, so that test lines stand in training windows too. */
export function leakingLinkedSplit(table: TrainingTable, shares: LinkedShares, window: number, seed: number): LinkedSplit {
  const starts = windowStartsIn({ from: 0, to: table.eventOf.length }, window, 1)
  const draw = (start: number): number => threefry(seed, STREAMS.split, start, 0)[0] / 2 ** 32
  const ranges = (from: number, to: number): LineRange[] => [...starts].filter((start) => draw(start) >= from && draw(start) < to).map((start) => ({ from: start, to: start + window }))
  const { test, validation } = shares
  const sparse = (all: LineRange[]): LineRange[] => all.filter((_, i) => i % Math.max(1, Math.floor(all.length / 64)) === 0)
  return {
    train: starts.filter((start) => draw(start) >= test + validation), fitted: () => true,
    test: sparse(ranges(0, test)), validation: sparse(ranges(test, test + validation)),
  }
}
