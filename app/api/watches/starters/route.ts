import { STARTER_WATCHES } from '@/lib/live/starter-watches'
import { addStarters, listWatches } from '@/lib/store/live/watches'
import { handle } from '../../handle'
import { startersBody } from '../../live/live-contracts'

/** The watches that ship, and which of them are there already. */
export const GET = handle({}, async () => {
  const there = new Set((await listWatches()).map(({ name }) => name))
  return STARTER_WATCHES.map((starter) => ({ ...starter, added: there.has(starter.name) }))
})

/** Adds those that ship and are not there yet: all, or the ones named. */
export const POST = handle({ body: startersBody }, async ({ body: { enabled, names } }) => {
  const wanted = names ? STARTER_WATCHES.filter(({ name }) => names.includes(name)) : STARTER_WATCHES
  return addStarters(wanted, { enabled })
})
