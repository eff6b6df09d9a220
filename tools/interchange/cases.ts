import { fileURLToPath } from 'node:url'
import { version } from '@/lib/experiments/version.node.ts'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { outputCount } from '@/lib/engine/spec'
import type { NetworkSpec, Tensor, Weights } from '@/lib/engine/types'
import { numberedHeads } from '@/lib/model/interchange/head-names'
import { modelExport } from '@/lib/model/interchange/model-export'
import type { NetworkExport } from '@/lib/model/interchange/network-export'
import { codeCounts, LINKED_FORM, PUBLISHED_FORM, randomLines, unevenWeights, type CodeCounts } from '@/lib/model/interchange/testing/every-layer'
import { largest, predictWindows } from '@/lib/model/interchange/testing/predict'
import { wrongGates } from '@/lib/model/interchange/testing/wrong-gates'
import { linkedNetwork } from '@/lib/model/linked/linked-network'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { listModels } from '@/lib/model/model-directory.node.ts'
import { presetNetwork } from '@/lib/model/presets'
import { loadModel } from '@/cli/load-model'
import { linkedInputs, sampleInputs } from './sample-inputs'

/** Largest difference of a probability that is rounding. */
const AGREES = 1e-5
/** Kernels three times as large carry rounding further: either side is then this far from a computation in double precision. */
const AGREES_STEEP = 1e-4
/** A wrong export must differ by more than this, else the check could not see one. */
const DIFFERS = 1e-3

/** One comparison: what is exported, what it is given, and what our engine answers. */
export interface Case {
  readonly title: string
  readonly exported: NetworkExport
  /** Lines in a window; features are [windows * window * F]. */
  readonly window: number
  readonly features: Float32Array
  readonly expected: Float32Array
  /** Whether the two sides must agree within `limit`, or must differ by more because the export was spoiled on purpose. */
  readonly want: 'agree' | 'differ'
  readonly limit: number
}

const WINDOWS = 8
const SHIPPED = fileURLToPath(new URL('../../models', import.meta.url))

/** What is checked when no model is named: those that ship, and networks that have every kind of layer. */
export async function casesFor(names: readonly string[]): Promise<Case[]> {
  const cases: Case[] = []
  for (const name of names.length > 0 ? names : (await listModels(SHIPPED)).map((manifest) => manifest.name)) {
    const model = await loadModel(name)
    cases.push(...await casesOf(modelExport(model, { version: version() }), await sampleInputs(model.manifest)))
  }
  if (names.length > 0) return cases
  const paper = presetNetwork('k8ntext', { features: 39, classes: 59 })
  for (const [name, spec] of [['every layer of the published form', PUBLISHED_FORM], ['every layer of the linked form', LINKED_FORM], ['the paper\'s network, untrained', paper]] as const)
    cases.push(...await casesOf(untrained(name, spec), { real: null, counts: codeCounts(spec) }))
  return [...cases, ...await untrainedLinked()]
}

const untrained = (name: string, spec: NetworkSpec): NetworkExport => ({ name, spec, weights: unevenWeights(spec, 11), headNames: numberedHeads(spec.heads), about: {}, version: version() })

/** The default network at its real size, before it has learnt anything. */
async function untrainedLinked(): Promise<Case[]> {
  const inputs = await linkedInputs(null)
  const spec = linkedNetwork(LINKED_PRESET.shape, inputs.counts, { resources: 120, actions: 30 })
  return casesOf(untrained('the linked network, untrained', spec), inputs)
}

async function casesOf(network: NetworkExport, { real, counts }: { readonly real: Float32Array | null; readonly counts: CodeCounts | null }): Promise<Case[]> {
  const { spec, weights } = network
  const random = randomLines(spec, WINDOWS * spec.window, 7, counts)
  const short = Math.max(1, Math.floor(spec.window / 2))
  const steep = { ...network, weights: scaled(weights, 3) }
  return Promise.all([
    ...(real ? [make('lines of the sample', network, real)] : []),
    make('random lines', network, random),
    make('random lines, windows half as long', network, random, { window: short }),
    make('random lines, weights three times as large', steep, random, { limit: AGREES_STEEP }),
    make('gates in a wrong order', { ...network, weights: wrongGates(weights) }, real ?? random, { truth: network, want: 'differ', limit: DIFFERS }),
  ])
}

interface Particulars { readonly window?: number; readonly truth?: NetworkExport; readonly want?: Case['want']; readonly limit?: number }

async function make(what: string, exported: NetworkExport, lines: Float32Array, { window = exported.spec.window, truth = exported, want = 'agree', limit = AGREES }: Particulars = {}): Promise<Case> {
  const features = lines.subarray(0, Math.floor(lines.length / (window * exported.spec.features)) * window * exported.spec.features)
  const expected = await predictWindows(await loadInlineEngine(), { ...truth.spec, window }, truth.weights, features)
  return { title: `${exported.name}: ${what}`, exported, window, features, expected, want, limit }
}

/** Kernels and tables times a factor, so that probabilities are far from even. */
const scaled = (weights: Weights, factor: number): Weights => new Map([...weights].map(([name, { shape, data }]): [string, Tensor] => [name, { shape, data: shape.length > 1 ? data.map((value) => value * factor) : data }]))

/** A line of the report, and whether the case came out as it must. */
export function judge({ title, expected, want, limit, window, exported }: Case, worst: number): { readonly text: string; readonly right: boolean } {
  const right = want === 'agree' ? worst < limit : worst > limit
  const windows = expected.length / (window * outputCount(exported.spec))
  return { right, text: `${right ? 'ok  ' : 'FAIL'}  ${worst.toExponential(1)} (must be ${want === 'agree' ? 'below' : 'above'} ${limit.toExponential()})  ${title}, ${windows} windows of ${window}, largest probability ${largest(expected).toFixed(3)}` }
}

