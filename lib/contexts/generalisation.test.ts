import { describe, expect, it } from 'vitest'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { scoreReconstruction, type ScoreResult } from '@/lib/contexts/score'
import { buildLog } from '@/lib/contexts/testing/cluster/build-log'
import { OPERATIONS, type Operation } from '@/lib/contexts/testing/cluster/operations'
import { POLICIES, profiles, type Profile } from '@/lib/contexts/testing/cluster/profile'
import { Random } from '@/lib/contexts/testing/cluster/random'

const SEEDS = [7, 11]
const PROFILES = SEEDS.flatMap((seed) => profiles(new Random(seed)).map((profile) => [`${profile.name} ${seed}`, profile, seed] as const))
/** Forty actions of several users within twenty seconds. */
const BUSY = Array.from({ length: 5 }, () => Object.values(OPERATIONS)).flat()

function score(profile: Profile, policy: string, operations: readonly Operation[], seed: number): ScoreResult {
  const { events, truth } = buildLog({ ...profile, policy: POLICIES[policy] ?? profile.policy }, operations, seed)
  return scoreReconstruction(truth, reconstruct(events.map((event) => extractFacts(event))).records)
}

describe.each(PROFILES)('a cluster of another kind: %s', (_, profile, seed) => {
  it.each(Object.entries(OPERATIONS))('%s, one at a time, is grouped without fault', (_name, operation) => {
    expect(score(profile, 'full', [operation], seed)).toMatchObject({ b3_f1: 1, exact_contexts: 1, role_accuracy: 1 })
  })

  it.each(['full', 'managed', 'noEvents', 'writes'])('many at once, with an audit policy of %s', (policy) => {
    const { b3_f1, exact_contexts_2plus, role_accuracy } = score(profile, policy, BUSY, seed)
    expect(b3_f1).toBeGreaterThanOrEqual(0.99)
    expect(exact_contexts_2plus).toBeGreaterThanOrEqual(0.92)
    expect(role_accuracy).toBeGreaterThanOrEqual(0.99)
  })

  // what a write left unchanged shows in its answer alone; with no bodies of components at all, names and times have to do
  it.each([['request', 0.99], ['people', 0.98], ['metadata', 0.98]])('many at once, where a policy of %s leaves less to go by', (policy, least) => {
    const { b3_f1, role_accuracy } = score(profile, policy, BUSY, seed)
    expect(b3_f1).toBeGreaterThanOrEqual(least)
    expect(role_accuracy).toBeGreaterThanOrEqual(0.99)
  })
})

it('builds the same log from the same seed', () => {
  const [profile] = profiles(new Random(7))
  if (!profile) throw new Error('no profile')
  expect(buildLog(profile, BUSY, 7)).toEqual(buildLog(profile, BUSY, 7))
})
