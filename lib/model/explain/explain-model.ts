import type { Engine } from '@/lib/engine/types'
import type { AnyManifest } from '../model-file'
import { distilTree, type DistilOptions } from './distil'
import type { Explainable } from './explainable'
import type { ModelExplanation } from './explanation-file'
import { judgedLines } from './held-out'
import { permutationImportance } from './importance'
import { sampleNeighbours, type NeighbourSample } from './neighbours'

export interface ExplainModelOptions extends Pick<DistilOptions, 'maxDepth' | 'maxLeaves' | 'context'> {
  /** What to find out. */
  readonly wanted: readonly ('importance' | 'tree')[]
  readonly seed?: number
  readonly repeats?: number
  /** Most lines that importance is taken on: the last of those held out. */
  readonly lines?: number
  readonly threads?: number
  readonly signal?: AbortSignal
  /** Share done of one part of the work. */
  onProgress?(part: 'importance' | 'tree', share: number): void
}

/** Every feature is tried several times over these lines, so they are bounded. */
const IMPORTANCE_LINES = 2000
const SEED = 1

/** Finds out what a model looks at, on lines of a data set that are held out wherever the model's protocol allows it. */
export async function explainModel(manifest: AnyManifest, explainable: Explainable, engine: Engine, data: { readonly name: string; readonly sha256: string }, options: ExplainModelOptions): Promise<ModelExplanation> {
  const { train, test, heldOut } = judgedLines(manifest, { sha256: data.sha256, lines: explainable.lines })
  const { wanted, onProgress, seed = SEED, lines = IMPORTANCE_LINES, ...rest } = options
  const range = { from: Math.max(test.from, test.to - lines), to: test.to }
  const report = (part: 'importance' | 'tree') => (done: number, total: number): void => onProgress?.(part, done / total)
  const importance = wanted.includes('importance') ? await permutationImportance(explainable, engine, { ...rest, range, seed, onProgress: report('importance') }) : null
  const tree = wanted.includes('tree') ? await distilTree(explainable, engine, { ...rest, train, test, onProgress: report('tree') }) : null
  return {
    format: 'auditweave-explanation', version: 1, model: { name: manifest.name, created: manifest.created }, data: { ...data, lines: explainable.lines }, heldOut, created: new Date().toISOString(),
    importance,
    tree,
  }
}

/** Training lines to keep beside a model. */
export function neighboursOf(manifest: AnyManifest, explainable: Explainable, engine: Engine, data: { readonly name: string; readonly sha256: string }, options: { threads?: number; limit?: number; signal?: AbortSignal } = {}): Promise<NeighbourSample> {
  const { train } = judgedLines(manifest, { sha256: data.sha256, lines: explainable.lines })
  return sampleNeighbours(explainable, engine, { model: { name: manifest.name, created: manifest.created }, data: { name: data.name, sha256: data.sha256 } }, { ...options, range: train, seed: SEED })
}
