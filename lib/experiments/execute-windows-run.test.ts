import { expect, test } from 'vitest'
import { AuditweaveError } from '@/lib/audit/errors'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { Engine } from '@/lib/engine/types'
import { tinyLog } from '@/lib/model/fixtures/tiny-log'
import { tableOf } from './encoded/line-table'
import { executeWindowsRun } from './execute-windows-run'
import type { ExecuteDeps } from './execute-types'
import { runSpecSchema } from './run-spec'

const EPOCHS = 4
const { rows, labels } = tinyLog(300, 5)
const table = tableOf(rows, labels)
const spec = runSpecSchema.parse({
  preset: 'k8ntext-small', protocol: 'blocked', seed: 2, lines: null, window: 6, stride: 3, inferStride: 6, batch: 32, epochs: EPOCHS, learningRate: 0.004, network: { unitsPerFeature: [0.2, 0.2] },
  earlyStoppingPatience: 50, reducePatience: 50, reduceFactor: 0.5, split: { test: 0.2, validation: 0.2 }, vote: 'weighted', maxSeconds: null, omitFeatures: [],
})

const unasked = (): Promise<never> => Promise.reject(new Error('not asked for'))

function depsOf(told: number[]): ExecuteDeps {
  return {
    threads: 1, version: 'test', loadLines: () => Promise.resolve({ table, source: { name: 'tiny', sha256: '', lines: table.lines } }), loadLog: unasked, loadScored: unasked, loadModel: unasked,
    resume: null, signal: new AbortController().signal, onProgress: () => undefined, onEpoch: ({ epoch }) => { told.push(epoch) }, onCheckpoint: () => undefined,
  }
}

/** The real engine under another name, which breaks down at a step of its own. */
async function breaking(at: number, error: Error): Promise<Engine> {
  const { engine } = await loadEngine('wasm', { threads: 1 })
  let steps = 0
  return {
    ...engine,
    name: 'tensorflow',
    description: 'tensorflow, lent',
    create: async (...args) => {
      const network = await engine.create(...args)
      const step = network.step.bind(network)
      network.step = (...given) => (++steps === at ? Promise.reject(error) : step(...given))
      return network
    },
  }
}

test('a run whose engine breaks down goes on with wasm from its last epoch, to the same weights, and says so', async () => {
  const epochs: number[] = []
  const plain = await executeWindowsRun(spec, depsOf([]), (_, options) => loadEngine('wasm', options))
  const lent = await breaking(6, new Error('device lost\nat somewhere'))
  const mended = await executeWindowsRun(spec, depsOf(epochs), () => Promise.resolve({ engine: lent, choice: 'tensorflow', notes: ['Computed with tensorflow, lent.', 'it was the fastest.'] }))
  expect(epochs).toEqual([1, 2, 3, 4])
  expect(Buffer.from(mended.model.weights).equals(Buffer.from(plain.model.weights))).toBe(true)
  expect(mended.environment.engine).toMatch(/^wasm/)
  expect(mended.environment.engineNotes).toEqual([expect.stringMatching(/^Computed with wasm/), 'tensorflow broke down (device lost); wasm went on from the last checkpoint.', 'it was the fastest.'])
})

test('what is wrong with the run itself is no reason to try another engine', async () => {
  const lent = await breaking(2, new AuditweaveError('training-diverged', 'The loss became NaN.'))
  const run = executeWindowsRun(spec, depsOf([]), () => Promise.resolve({ engine: lent, choice: 'tensorflow', notes: [] }))
  await expect(run).rejects.toMatchObject({ code: 'training-diverged' })
})
