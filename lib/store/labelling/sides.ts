import type { Side, SideRating } from '@/lib/labelling/agreement/sides'
import { machineRatings, newestReconstruction } from './machine-ratings'
import { blindRatings, newestLabelEvent, sharedRatings, type StoredRating } from './ratings'

/** Everything that labels a data set, people first. Sides without a rating are left out, but for the shared labels. */
export async function readSides(datasetId: string): Promise<Side[]> {
  const [shared, blind, machine] = [await sharedRatings(datasetId), await blindRatings(datasetId), await machineRatings(datasetId)]
  const byPeople = shared.filter(({ standing }) => standing !== 'automatic')
  const automatic = shared.filter(({ standing }) => standing === 'automatic').map((rating): [string, SideRating] => [rating.auditID, { ...sideRating(rating), reason: 'labelled by a rule' }])
  const annotators = [...blind].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    { key: 'shared', name: 'Shared labels', people: true, ratings: new Map(byPeople.map((rating) => [rating.auditID, sideRating(rating)])) },
    ...annotators.map(([name, ratings]): Side => ({ key: `by:${name}`, name: `${name}, blind`, people: true, ratings: new Map(ratings.map((rating) => [rating.auditID, sideRating(rating)])) })),
    ...machineSides(machine, automatic),
  ]
}

/** Whatever `readSides` reads is the same while this is. */
export async function sidesVersion(datasetId: string): Promise<string> {
  return `${await newestLabelEvent(datasetId)} ${(await newestReconstruction(datasetId))?.id ?? ''}`
}

function machineSides(machine: Awaited<ReturnType<typeof machineRatings>>, automatic: readonly [string, SideRating][]): Side[] {
  const rules = new Map([...(machine?.rules ?? []), ...automatic])
  return [
    ...(machine === null ? [] : [{ key: 'model', name: `Model ${machine.name}`, people: false, ratings: machine.model }]),
    ...(rules.size === 0 ? [] : [{ key: 'rules', name: 'Background rules', people: false, ratings: rules }]),
  ]
}

function sideRating({ role, label, context, by, at }: StoredRating): SideRating {
  return { role, label, context, by, at, probability: null, reason: null }
}
