import { describe, expect, it } from 'vitest'
import type { ReconstructedRecord } from '@/lib/contexts/types'
import { isCertain, originOf, originText } from './origin'
import type { Guess } from './protocol'

const record = (role: ReconstructedRecord['role']): ReconstructedRecord => ({ auditID: 'a', stage: null, requestReceivedTimestamp: null, role, label: null, confidence: null, context: null, links: [] })
const guess = (label: string | null, confidence = 0.9, own = false): Guess => ({ label, confidence, runnerUp: null, own })

describe('whose word a label is', () => {
  const [linked, free, alone] = [record('consequence'), record('background'), record('nonresource')]
  it.each([
    ['links', originOf(linked, { final: 'create pods', linked: 'create pods' }, null)],
    ['agree', originOf(linked, { final: 'create pods', linked: 'create pods' }, guess('create pods'))],
    ['disagree', originOf(linked, { final: 'create pods', linked: 'create pods' }, guess('delete pods'))],
    ['network', originOf(linked, { final: 'create pods', linked: null }, guess('create pods'))],
    ['network', originOf({ ...linked, links: [{ rule: 'network', key: 'latest action on the object', to: 'b', score: 0.9 }] }, { final: 'create pods', linked: 'delete pods' }, guess('create pods'))],
    ['none', originOf(free, { final: null, linked: null }, guess('list nodes', 0.4))],
    ['none', originOf(alone, { final: null, linked: null }, null)],
  ])('%s', (want, got) => expect(got).toBe(want))

  it('is told as uncertain where its source is weak or another contradicts it with force', () => {
    expect(isCertain('network', null, guess('create pods', 0.79))).toBe(false)
    expect(isCertain('network', null, guess('create pods', 0.95))).toBe(true)
    expect(isCertain('disagree', 0.95, guess('delete pods', 0.6))).toBe(true)
    expect(isCertain('disagree', 0.95, guess('delete pods', 0.9))).toBe(false)
    expect(isCertain('links', 0.5, null)).toBe(false)
    expect(isCertain('agree', 0.5, guess('create pods', 0.9))).toBe(true)
    expect(isCertain('none', null, guess('create pods', 0.4))).toBe(false)
    expect(isCertain('none', null, guess('get leases', 0.4, true))).toBe(true)
  })
  it('is told in a clause', () => {
    expect(originText('disagree', guess('delete pods', 0.9))).toBe('by links; the network says delete pods (0.90)')
    expect(originText('none', guess('create pods', 0.4))).toBe('none; the network leans to create pods (0.40)')
  })
})
