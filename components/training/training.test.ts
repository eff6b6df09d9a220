import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { parseModel } from '@/lib/model/model-file'
import { LogSession } from '@/components/playground/log-session'
import { pairOf } from './log-and-truth'
import { windowsFor } from './train-plan'
import type { TrainChoice, TrainingLog, TrainProgress } from './train-protocol'
import { TrainSession } from './train-session'
import { firstChoice, modelNameOf, NO_TRAINING, nextTrainState, secondsLeft, type TrainAction } from './train-state'

const [log, truth] = (await Promise.all(['audit', 'truth'].map((name) => readFile(`datasets/sample/${name}.jsonl.gz`)))).map((bytes) => new Blob([bytes])) as [Blob, Blob]
const quiet = { onProgress: () => undefined }
const choice: TrainChoice = { name: 'mine', window: 10, epochs: 4, seed: 1 }

/** The log's first lines, plain. */
async function firstLines(count: number): Promise<Blob> {
  return new Blob([gunzipSync(Buffer.from(await log.arrayBuffer())).toString('utf8').split('\n').slice(0, count).join('\n')])
}

describe('training in the browser', () => {
  it('leaves a model folder that labels a log', async () => {
    const session = new TrainSession()
    expect(await session.load(log, truth, 'sample', quiet)).toMatchObject({ lines: 881, labelled: 881, windows: [30, 20, 10, 5] })
    const seen: TrainProgress[] = []
    const engine = await loadInlineEngine()
    const end = await session.train({ ...choice, epochs: 30 }, engine, { onProgress: (progress) => seen.push(progress) })
    const records = seen.flatMap((progress) => (progress.kind === 'epoch' ? [progress.record] : []))
    expect([end.stopped, records.map(({ epoch }) => epoch)]).toEqual([false, Array.from({ length: end.epochs }, (_, i) => i + 1)])
    expect(records.at(-1)?.loss).toBeLessThan(records[0]?.loss ?? 0)
    const files = await session.finish(quiet)
    expect(files.metrics).toMatchObject({ leakedTestLines: 0, testLines: 88 })
    expect(files.metrics.lineAccuracy).toBeGreaterThan(0.3)
    const folder = unzipSync(new Uint8Array(files.zip))
    const model = parseModel(new TextDecoder().decode(folder['mine/model.json']), folder['mine/weights.safetensors'] ?? new Uint8Array())
    expect(model.manifest).toMatchObject({ name: 'mine', preset: 'k8ntext-small', protocol: { name: 'blocked' }, data: { name: 'sample', lines: 881 } })
    const answer = await (await LogSession.read(log, quiet)).label(model, engine, quiet)
    expect(answer.labelled).toBeGreaterThan(800)
  })

  it('goes on after a stop to the weights of an unbroken training', async () => {
    const engine = await loadInlineEngine()
    const train = async (stopAfter: number): Promise<ArrayBuffer> => {
      const session = new TrainSession()
      await session.load(log, truth, 'sample', quiet)
      const stop = new AbortController()
      const onProgress = (progress: TrainProgress): void => {
        if (progress.kind === 'epoch' && progress.record.epoch === stopAfter) stop.abort()
      }
      const end = await session.train(choice, engine, { signal: stop.signal, onProgress })
      expect(end.stopped).toBe(stopAfter === 2)
      if (end.stopped) expect(await session.train(choice, engine, quiet)).toMatchObject({ stopped: false, epochs: 4 })
      return (await session.finish(quiet)).weights
    }
    expect(new Uint8Array(await train(2))).toEqual(new Uint8Array(await train(99)))
  })

  it('says what is missing and what to do', async () => {
    const session = new TrainSession()
    await expect(session.finish(quiet)).rejects.toMatchObject({ code: 'nothing-learnt' })
    await expect(session.train(choice, await loadInlineEngine(), quiet)).rejects.toMatchObject({ code: 'no-lines' })
    await expect(session.load(await firstLines(40), truth, 'short', quiet)).rejects.toMatchObject({ code: 'log-too-short', message: expect.stringMatching(/^\d+ lines are too few .* take a log of at least \d+/) as unknown })
    await expect(session.load(log, new Blob(['{"auditID":"other","role":"trigger","label":null}\n']), 'sample', quiet)).rejects.toMatchObject({ code: 'wrong-truth' })
    await expect(session.load(log, new Blob(['no records']), 'sample', quiet)).rejects.toMatchObject({ code: 'not-records' })
    await session.load(log, truth, 'sample', quiet)
    await expect(session.train({ ...choice, name: '../up' }, await loadInlineEngine(), quiet)).rejects.toMatchObject({ code: 'bad-model-name' })
  })
})

describe('the plan of a training', () => {
  it('takes windows that leave room for a test', () => {
    expect([windowsFor(100_000), windowsFor(300), windowsFor(100)]).toEqual([[30, 20, 10, 5], [10, 5], [5]])
    expect(() => windowsFor(50)).toThrow(/at least/)
  })
  it('tells log and truth apart by name', () => {
    const [a, b] = [{ name: 'audit.jsonl.gz' }, { name: 'truth.jsonl.gz' }]
    expect(pairOf([b, a])).toEqual({ ok: true, log: a, truth: b })
    expect([pairOf([a]), pairOf([b]), pairOf([a, b, a])].map((pair) => pair.ok)).toEqual([false, false, false])
  })
  it('makes names that a model may have', () => {
    expect(['audit.jsonl.gz', 'My Log (2).json', '...', '日志'].map(modelNameOf)).toEqual(['small-audit', 'small-my-log-2', 'small-model', 'small-model'])
  })
})

describe('what is known of a training', () => {
  const known: TrainingLog = { name: 'a', lines: 900, labelled: 900, labels: 5, windows: [30] }
  const after = (...actions: TrainAction[]) => actions.reduce(nextTrainState, NO_TRAINING)
  const begun: TrainAction[] = [{ kind: 'read' }, { kind: 'loaded', log: known }, { kind: 'train', choice: firstChoice(known, 40), proceed: false }]
  const step = (epoch: number, step: number): TrainAction => ({ kind: 'progress', progress: { kind: 'training', epoch, epochs: 4, step, steps: 5, seconds: 2, loss: 1 } })
  it('tells share and time left', () => {
    const state = after(...begun, step(2, 5))
    expect([state.share, secondsLeft(state)]).toEqual([0.5, 2])
    expect(secondsLeft(after(...begun))).toBeNull()
  })
  it('pauses where it was stopped, keeps its epochs when it goes on, and scores at the end', () => {
    const record = { epoch: 1, steps: 5, loss: 1, accuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5, learningRate: 0.004, seconds: 1, best: true }
    const paused = [...begun, { kind: 'progress', progress: { kind: 'epoch', record } }, { kind: 'ended', end: { stopped: true, epochs: 1, seconds: 1, bestEpoch: 1 } }] satisfies TrainAction[]
    expect(after(...paused)).toMatchObject({ phase: 'paused', epochs: [record] })
    expect(after(...paused, { kind: 'train', choice: firstChoice(known, 40), proceed: true })).toMatchObject({ phase: 'training', epochs: [record] })
    expect(after(...paused, { kind: 'train', choice: firstChoice(known, 40), proceed: false }).epochs).toEqual([])
    expect(after(...begun, { kind: 'ended', end: { stopped: false, epochs: 4, seconds: 1, bestEpoch: 1 } }).phase).toBe('scoring')
  })
  it('goes back to where a reader can act after a failure', () => {
    expect(after(...begun, { kind: 'failed', message: 'x' })).toMatchObject({ phase: 'ready', error: 'x' })
    expect(after({ kind: 'read' }, { kind: 'failed', message: 'x' })).toMatchObject({ phase: 'empty', error: 'x' })
  })
})
