import type { LineMatrix, NetworkSpec } from '@/lib/engine/types'
import type { Split } from './splits'
import type { TrainingSettings } from './training-settings'

/** FNV-1a over 32-bit words: quick and good enough to tell runs apart by mistake, not against an adversary. */
function hashWords(hash: number, words: Uint32Array): number {
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193)
  return hash >>> 0
}

const wordsOf = (array: Int32Array | Float32Array | Uint16Array): Uint32Array => (
  array instanceof Uint16Array ? Uint32Array.from(array) : new Uint32Array(array.buffer, array.byteOffset, array.length)
)

/**
 * Names a run by its network, settings, data and split. A checkpoint bears it, so that it is never resumed with another
 * seed, other lines or another window. Epochs and the time cap are left out: a run may be given more of both.
 */
export function runFingerprint(run: { spec: NetworkSpec; settings: TrainingSettings; lines: LineMatrix; split: Pick<Split, 'train' | 'validation'> }): string {
  const { epochs: _epochs, maxSeconds: _maxSeconds, ...settings } = run.settings
  const text = new TextEncoder().encode(JSON.stringify([run.spec, Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)), run.lines.lines]))
  let hash = hashWords(0x811c9dc5, Uint32Array.from(text))
  for (const array of [run.lines.features, run.lines.labels, run.split.train, run.split.validation]) hash = hashWords(hash, wordsOf(array))
  return `1-${hash.toString(16).padStart(8, '0')}`
}
