import { z } from 'zod'
import type { JsonObject } from '@/lib/audit/event'
import type { RunSpec } from '../run-spec'
import type { PlannedRun } from '../planned-run'
import type { AxisValue } from '../points'
import { plannedTraining } from '../planned-training'
import type { Proposal } from './halving'
import { SEARCH_METHODS, type SearchMethod } from './search-spec'
import { DIMENSIONS, type Dimension, type Parameters } from './space'

/** Where a run stands that belongs to a search: in which way of searching, where in it, and the trial's parameters. */
const trialAxesSchema = z.object({
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

const OWN: ReadonlySet<string> = new Set(Object.keys(trialAxesSchema.shape))

/** One search of a launch: the same method and seed, and the same value of every axis that is swept beside it. */
export interface SearchPlace { readonly method: SearchMethod; readonly seed: number; readonly swept: Readonly<Record<string, AxisValue>> }

/** The search that a run belongs to. */
export function searchPlace(axes: JsonObject, { method, seed }: TrialAxes): SearchPlace {
  const others = Object.entries(axes).filter((entry): entry is [string, AxisValue] => !OWN.has(entry[0]) && (typeof entry[1] === 'number' || typeof entry[1] === 'string'))
  return { method, seed, swept: Object.fromEntries(others) }
}

/** A search by name: method, network, window, protocol and what else is swept, and seed. */
export function searchKey({ method, seed, swept }: SearchPlace): string {
  const { preset, window, protocol, ...others } = swept
  const rest = Object.entries(others).sort().map(([name, value]) => ` ${name}=${value}`)
  return `${method} ${preset} W=${window} ${protocol}${rest.join('')} seed ${seed}`
}

/** The run that carries out a proposal: the base settings with the trial's parameters. */
export function trialRun(base: RunSpec, search: SearchPlace, proposal: Proposal, point: Parameters, execution: number): PlannedRun {
  const { bracket, rung, trial, epochs } = proposal
  const { method, seed, swept } = search
  const params: RunSpec = {
    ...base,
    seed: seed + execution,
    epochs,
    learningRate: point.learningRate,
    network: { ...base.network, unitsPerFeature: [point.unitsFirst, point.unitsSecond], dropout: point.dropout },
  }
  const axes: TrialAxes = { method, seed, bracket, rung, trial, execution, epochs, ...point }
  const name = `${method} trial ${trial}, rung ${rung}: ${point.unitsFirst}F ${point.unitsSecond}F dropout ${point.dropout} rate ${point.learningRate}, ${epochs} epochs, ${base.protocol} seed ${params.seed}`
  // Survivors first, so that a search has finished trials early.
  return { ...plannedTraining({ swept: { ...swept, ...axes }, params }), name, priority: rung }
}
