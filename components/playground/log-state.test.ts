import { describe, expect, it } from 'vitest'
import { EMPTY_LOG, nextLogState, progressShare, type LogAction, type LogState } from './log-state'
import { chosenOption, type ModelOption } from './model-choice'
import type { LogLabelling, LoadedLog, ModelAnswer } from './protocol'

const labels: LogLabelling = { contexts: [], counts: { origins: { links: 2, agree: 0, disagree: 0, network: 0, none: 1 }, uncertain: 0, roles: { trigger: 1, consequence: 1, background: 1, nonresource: 0 } } }
const log: LoadedLog = { events: 3, bytes: 90, labels, rejected: [], redactions: 0, truncated: null, seconds: { reading: 1, linking: 0.5 } }
const model: ModelAnswer = { name: 'm', engine: 'wasm', labelled: 3, agree: 2, compared: 2, labels: { contexts: [], counts: { ...labels.counts, uncertain: 1 } }, seconds: { network: 0.4, joining: 0.1 } }
const after = (...actions: LogAction[]): LogState => actions.reduce(nextLogState, EMPTY_LOG)
const read: LogAction = { kind: 'read', name: 'a log' }

describe('what is known of the log', () => {
  it('goes from nothing over reading to labelled, with the seconds of every phase', () => {
    const state = after(read, { kind: 'loaded', log }, { kind: 'label', name: 'm' }, { kind: 'labelled', model })
    expect(state).toMatchObject({ phase: 'ready', labelling: 'done', progress: null, modelName: 'm', labels: { counts: { uncertain: 1 } }, seconds: { reading: 1, linking: 0.5, network: 0.4, joining: 0.1 } })
  })
  it('keeps the links’ labels when a network is stopped', () => {
    const state = after(read, { kind: 'loaded', log }, { kind: 'label', name: 'm' }, { kind: 'unlabelled', labels, labelling: 'stopped', note: 'stopped' })
    expect(state).toMatchObject({ phase: 'ready', labelling: 'stopped', model: null, labels, log, modelNote: 'stopped', progress: null })
  })
  it('takes no news of what is over', () => {
    const late: LogAction = { kind: 'progress', progress: { phase: 'network', done: 1, total: 2 } }
    expect(after(late)).toBe(EMPTY_LOG)
    expect(after(read, { kind: 'loaded', log }, late).progress).toBeNull()
    expect(after(read, { kind: 'failed', message: 'no log' }, late)).toMatchObject({ phase: 'failed', error: 'no log', name: 'a log', progress: null })
  })
  it('tells a share that only grows from phase to phase', () => {
    const steps = [['reading', 0], ['reading', 1], ['linking', 0], ['network', 0], ['network', 1], ['joining', 0], ['joining', 1]] as const
    const shares = steps.map(([phase, done]) => progressShare({ phase, done, total: 1 }))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect([shares[0], shares.at(-1)]).toEqual([0, expect.closeTo(1)])
  })
})

describe('the choice of a model', () => {
  const option = (id: string, isDefault = false): ModelOption => ({ id, name: id, origin: 'stored', isDefault })
  const options = [option('a'), option('b', true)]
  it('is the default unasked, a named one, or none', () => {
    expect([chosenOption(options, '')?.id, chosenOption(options, 'a')?.id, chosenOption(options, 'none'), chosenOption(options, 'gone'), chosenOption([], '')]).toEqual(['b', 'a', null, null, null])
  })
})
