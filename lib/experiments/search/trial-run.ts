import { z } from 'zod'
import type { JsonObject } from '@/lib/audit/event'
import { PROTOCOLS, type RunSpec } from '../run-spec'
import type { PlannedRun } from '../planned-run'
import type { Proposal } from './halving'
import { SEARCH_METHODS, type SearchMethod } from './search-spec'
import { DIMENSIONS, type Dimension, type Parameters } from './space'

/** The axes of a run that belongs to a search: which search, where in it, and the trial's parameters. */
const trialAxesSchema = z.strictObject({
  window: z.int(),
  protocol: z.enum(PROTOCOLS),
  method: z.enum(SEARCH_METHODS),
  /** Of the search; executions train with this and the numbers after it. */
  seed: z.int(),
  bracket: z.int().min(0),
  rung: z.int().min(0),
  trial: z.int().min(0),
  execution: z.int().min(0),
  epochs: z.int().min(1),
  ...Object.fromEntries(DIMENSIONS.map((name) => [name, z.number()])) as Record<Dimension, z.ZodNumber>,
})
export type TrialAxes = z.infer<typeof trialAxesSchema>

/** Null for runs that belong to no search. */
export function trialAxes(axes: JsonObject): TrialAxes | null {
  return trialAxesSchema.safeParse(axes).data ?? null
}

/** One search of a launch: the same method, window, protocol and seed. */
export interface SearchPlace { readonly method: SearchMethod; readonly window: number; readonly protocol: RunSpec['protocol']; readonly seed: number }

export function searchKey({ method, window, protocol, seed }: SearchPlace): string {
  return `${method} W=${window} ${protocol} seed ${seed}`
}

/** The run that carries out a proposal: the base settings with the trial's parameters. */
export function trialRun(base: RunSpec, search: SearchPlace, proposal: Proposal, point: Parameters, execution: number): PlannedRun {
  const { bracket, rung, trial, epochs } = proposal
  const { method, window, protocol, seed } = search
  const params: RunSpec = {
    ...base,
    seed: seed + execution,
    epochs,
    learningRate: point.learningRate,
    network: { ...base.network, unitsPerFeature: [point.unitsFirst, point.unitsSecond], dropout: point.dropout },
  }
  const axes: TrialAxes = { window, protocol, method, seed, bracket, rung, trial, execution, epochs, ...point }
  const name = `${method} trial ${trial}, rung ${rung}: ${point.unitsFirst}F ${point.unitsSecond}F dropout ${point.dropout} rate ${point.learningRate}, ${epochs} epochs, ${protocol} seed ${params.seed}`
  // Survivors first, so that a search has finished trials early.
  return { name, preset: base.preset, protocol, seed: params.seed, axes, params, priority: rung }
}
