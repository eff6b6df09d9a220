import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { RunSpec } from '@/lib/experiments/run-spec'
import { getPreset } from '@/lib/model/presets'
import { blockedSplit } from '@/lib/model/splits'
import type { TrainChoice } from './train-protocol'

export const BROWSER_PRESET = 'k8ntext-small'
/** From the preset's own down to what a few dozen lines leave room for. */
const WINDOWS = [30, 20, 10, 5]
/** A short log gives few windows: they begin closer together and are learnt in smaller batches, so that an epoch has enough steps. */
const SHORT_LINES = 2000
const SHORT = { stride: 2, batch: 16 }

function fits(lines: number, window: number): boolean {
  try {
    blockedSplit(lines, window, { ...getPreset(BROWSER_PRESET).split, stride: window })
    return true
  } catch (error) {
    if (isAuditweaveError(error) && error.code === 'log-too-short') return false
    throw error
  }
}

/** Windows for which training, validation and test lines all suffice, largest first. Throws 'log-too-short' where there is none. */
export function windowsFor(lines: number): number[] {
  const windows = WINDOWS.filter((window) => fits(lines, window))
  if (windows.length > 0) return windows
  const least = Array.from({ length: 1000 }, (_, count) => count).find((count) => fits(count, WINDOWS.at(-1) ?? 5)) ?? 0
  throw new AuditweaveError('log-too-short', `${lines} lines are too few to learn from and be tested on others: take a log of at least ${least} requests for API objects.`)
}

/** The run that a reader's choice asks for: blocked protocol, so that its figures are of lines it has not seen. */
export function browserRun({ window, epochs, seed }: TrainChoice, lines: number): RunSpec {
  const { training, split, inference } = getPreset(BROWSER_PRESET)
  const { batch, learningRate, stride, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds } = training
  return {
    preset: BROWSER_PRESET, protocol: 'blocked', seed, lines: null, window, epochs, learningRate, earlyStoppingPatience, reducePatience, reduceFactor, maxSeconds,
    split, vote: inference.vote, inferStride: Math.min(inference.stride, window), omitFeatures: [], ...(lines < SHORT_LINES ? SHORT : { stride, batch }),
  }
}
