import { describe, expect, it } from 'vitest'
import { runLine, type RunSource } from '@/components/runs/run-line'
import { batchSecondsLeft } from '../room/batch-progress'
import { failuresOf, placeText, timeLeft, varyingAxes, type LaunchRun } from './launch-run'

const source: RunSource = {
  kind: 'train', endedEarly: null, datasetVersion: 1, id: 'r1', number: 1, name: 'k8ntext W=5', experimentId: 'x', experimentName: 'window-size', datasetId: 'aaa', datasetName: 'lab-a', preset: 'k8ntext', protocol: 'paper', seed: 1, axes: { window: 5 },
  state: 'done', attempt: 1, worker: null, cancelRequested: false, progress: null, engine: 'wasm', timings: null, metrics: null, error: null, tags: [], pinned: false, epochs: 0, createdAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null,
}
const run = (change: Partial<RunSource>, endedEarly: string | null = null): LaunchRun => {
  const whole = { ...source, ...change }
  return { line: runLine(whole), kind: 'train', axes: whole.axes, endedEarly }
}

describe('the progress of a launch', () => {
  const now = Date.parse('2026-01-01T00:01:00Z')
  const done = (id: string, seconds: number): LaunchRun => run({ id, startedAt: '2026-01-01T00:00:00Z', finishedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString() })
  it('takes the mean of what ended for each run that waits', () => {
    expect(timeLeft([done('a', 10), done('b', 20), run({ id: 'c', state: 'queued' }), run({ id: 'd', state: 'queued' })], now, 999)).toBeCloseTo(30)
  })
  it('takes what the experiment expects before one has ended, and nothing is left when all have', () => {
    expect(timeLeft([run({ state: 'queued' })], now, 7)).toBeCloseTo(7)
    expect(timeLeft([done('a', 10)], now, 7)).toBe(0)
  })
  it('tells runs apart by what differs alone', () => {
    const runs = [run({ axes: { window: 5, protocol: 'paper', seed: 1 } }), run({ axes: { window: 10, protocol: 'paper', seed: 2 } })]
    expect(varyingAxes(runs)).toEqual(['window', 'seed'])
    expect(runs.map((one) => placeText(one, ['window', 'seed']))).toEqual(['window 5, seed 1', 'window 10, seed 2'])
    expect(placeText(run({}), [])).toBe('k8ntext W=5')
  })
  it('puts failures that say the same together, and runs cut short apart from them', () => {
    const error = { code: 'x', message: 'Out of memory.' }
    const { failed, early, stopped } = failuresOf([run({ id: 'e', state: 'stopped' }), run({ id: 'f', state: 'stopped', error: { code: 'budget-spent', message: 'The budget is spent.' } }), run({ id: 'a', state: 'failed', error }), run({ id: 'b', state: 'failed', error }), run({ id: 'c' }, 'hopeless'), run({ id: 'd' })])
    expect(failed).toMatchObject([{ why: 'Out of memory.', runs: [{ line: { id: 'a' } }, { line: { id: 'b' } }] }])
    expect(early).toHaveLength(1)
    expect(stopped).toMatchObject([{ why: 'The budget is spent.', runs: [{ line: { id: 'f' } }] }])
    expect(early[0]?.why).toContain('far behind')
  })
  it('estimates a batch by how its ended part went', () => {
    const launch = (done: number, open: number): never => ({ createdAt: '2026-01-01T00:00:00Z', runs: { queued: open, running: 0, done, failed: 0, stopped: 0, total: done + open, endedEarly: 0 } }) as never
    // half of 100 s expected is done after 60 s: a fifth slower than expected
    expect(batchSecondsLeft([{ launch: launch(1, 1), title: '', expectedSeconds: 100 }], now)).toBeCloseTo(60)
    expect(batchSecondsLeft([{ launch: launch(0, 2), title: '', expectedSeconds: 100 }], now)).toBeCloseTo(100)
  })
})
