import { blockedSplit, foldSplit } from '../splits'
import type { AnyManifest } from '../model-file'
import type { LineRange } from '../windows'

/** Which lines of a data set a model was trained on, and which it may be judged by. */
export interface JudgedLines {
  readonly train: LineRange
  readonly test: LineRange
  /** Whether the model has not seen the test lines: so with another data set, and under the blocked protocol. */
  readonly heldOut: boolean
}

/** `lines` counts the API lines of the data set. Of a fold's training lines the longer side of its block is taken. The paper's protocol leaves no line unseen: its last tenth is taken then. */
export function judgedLines({ data: trained, network, protocol }: Pick<AnyManifest, 'data' | 'network' | 'protocol'>, data: { readonly sha256: string; readonly lines: number }): JudgedLines {
  const shares = { test: protocol.test, validation: protocol.validation, stride: 1 }
  const { fold } = protocol
  if (data.sha256 !== trained.sha256) return { ...halves(data.lines), heldOut: true }
  const lines = Math.min(data.lines, trained.lines)
  if (fold) {
    const { fitted, testLines } = foldSplit(lines, network.window, { ...fold, ...shares })
    return { train: fitted.reduce((longest, range) => (range.to - range.from > longest.to - longest.from ? range : longest)), test: testLines, heldOut: true }
  }
  const { trainLines, testLines } = blockedSplit(lines, network.window, shares)
  return { train: trainLines, test: testLines, heldOut: protocol.name === 'blocked' }
}

/** Of a foreign log every line is unseen; a tree is still judged on other lines than it learnt from. */
function halves(lines: number): { train: LineRange; test: LineRange } {
  const middle = Math.floor(lines / 2)
  return { train: { from: 0, to: middle }, test: { from: middle, to: lines } }
}
