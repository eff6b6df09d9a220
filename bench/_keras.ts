import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { LineMatrix, Network, NetworkSpec } from '@/lib/engine/types'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { linkedNetwork } from '@/lib/model/linked/linked-network'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { presetNetwork } from '@/lib/model/presets'
import { threefry } from '@/lib/model/random'

// The TypeScript half of bench/keras.mjs: makes data and weights, hands them to keras.py, and gives both the same work in turns.

const BARS: Readonly<Record<number, number>> = { 32: 0.9, 128: 0.75 }
/** About this many seconds a piece of work, so that starting it does not count. */
const PIECE = 1

/** The default network at the size that lab-a gives it. */
const LINKED = { features: 83, codes: 18, resources: 118, actions: 16 }

function linked(): NetworkSpec {
  return linkedNetwork(LINKED_PRESET.shape, Array.from({ length: LINKED.features }, () => LINKED.codes), LINKED)
}

function networkOf(name: string): NetworkSpec {
  return name === 'linked' ? linked() : presetNetwork(name, { features: 39, classes: 59 })
}

const word = (i: number, stream: number): number => threefry(1, stream, i, 0)[0]

/** Lines that do not overlap, so that both sides read as much memory. */
function randomLines({ window, features, heads, classes, headSizes, layers }: NetworkSpec, batch: number): LineMatrix {
  const lines = batch * window
  const first = layers[0]
  const codes = first?.kind === 'embedding' ? first.sizes : null
  const value = (i: number): number => (codes ? word(i, 1) % (codes[i % features] ?? 1) : (word(i, 1) / 2 ** 32) * 2 - 1)
  return {
    lines,
    features: Float32Array.from({ length: lines * features }, (_, i) => value(i)),
    labels: Int32Array.from({ length: lines * heads }, (_, i) => word(i, 2) % (headSizes?.[i % heads] ?? classes)),
  }
}

class Keras {
  readonly #child: ChildProcess
  readonly #lines: Interface
  readonly #waiting: ((line: string) => void)[] = []

  constructor(python: string) {
    this.#child = spawn(python, [fileURLToPath(new URL('keras.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#child.once('exit', (code) => { if (this.#waiting.length > 0) throw new Error(`keras.py ended with code ${code}.`) })
    if (!this.#child.stdout) throw new Error('keras.py has no output.')
    this.#lines = createInterface({ input: this.#child.stdout })
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line))
  }

  ask(job: object): Promise<Record<string, number | string>> {
    return new Promise((resolve) => {
      this.#waiting.push((line) => resolve(JSON.parse(line) as Record<string, number | string>))
      this.#child.stdin?.write(`${JSON.stringify(job)}\n`)
    })
  }

  async seconds(work: string, steps: number): Promise<number> {
    return Number((await this.ask({ work, steps })).seconds)
  }

  end(): void {
    this.#child.stdin?.end()
  }
}

async function engineSeconds(network: Network, work: string, starts: Int32Array, steps: number): Promise<number> {
  const began = performance.now()
  for (let step = 0; step < steps; step++) {
    if (work === 'train') await network.step(starts, 1e-4, step)
    else await network.predict(starts)
  }
  return (performance.now() - began) / 1000
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Rounds of both in turns, each side first in every other round; milliseconds a step and the median ratio Keras : ours. */
async function inTurns(rounds: number, work: string, keras: Keras, ours: (steps: number) => Promise<number>): Promise<{ keras: number; ours: number; ratio: number }> {
  await keras.seconds(work, 3)
  await ours(3)
  const steps = Math.max(2, Math.round((PIECE * 2) / ((await keras.seconds(work, 2)) / 2 + (await ours(2)) / 2)))
  const times: { keras: number; ours: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const before = round % 2 ? await ours(steps) : null
    const theirs = await keras.seconds(work, steps)
    times.push({ keras: theirs / steps, ours: (before ?? (await ours(steps))) / steps })
  }
  return { keras: middle(times.map((t) => t.keras)), ours: middle(times.map((t) => t.ours)), ratio: middle(times.map((t) => t.keras / t.ours)) }
}

interface Options { readonly name: string; readonly batch: number; readonly rounds: number; readonly threads: number; readonly python: string }

async function compare({ name, batch, rounds, threads, python }: Options): Promise<void> {
  const spec = networkOf(name)
  const lines = randomLines(spec, batch)
  const starts = Int32Array.from({ length: batch }, (_, i) => i * spec.window)
  const engine = await loadWasmEngine({ threads })
  const network = await engine.create(spec, { threads, batch, seed: 1 })
  const folder = mkdtempSync(join(tmpdir(), 'auditweave-keras-'))
  const keras = new Keras(python)
  try {
    network.bind(lines)
    for (const [file, data] of [['x.bin', lines.features], ['y.bin', lines.labels]] as const) writeFileSync(join(folder, file), new Uint8Array(data.buffer))
    writeFileSync(join(folder, 'weights.bin'), Buffer.concat([...network.weights().values()].map(({ data }) => Buffer.from(data.slice().buffer))))
    const versions = await keras.ask({ spec, batch, folder })
    const { loss } = await network.evaluate(starts)
    const same = Math.abs(loss - Number(versions.loss)) < 1e-4 * Math.abs(loss)
    process.stdout.write(`\n# ${name}, batch ${batch}, W = ${spec.window}: ${engine.description}; Keras ${versions.keras}, TensorFlow ${versions.tensorflow}\n`)
    process.stdout.write(`loss of the first batch: ours ${loss.toPrecision(6)}, Keras ${Number(versions.loss).toPrecision(6)}${same ? '' : '   THEY DIFFER: this compares two networks'}\n`)
    if (!same) process.exitCode = 1
    const steps = batch * spec.window
    for (const work of ['train', 'infer']) {
      const { keras: theirs, ours, ratio } = await inTurns(rounds, work, keras, (count) => engineSeconds(network, work, starts, count))
      const bar = work === 'train' && BARS[batch] ? ` (bar: at least ${BARS[batch]})` : ''
      process.stdout.write(`${work}: ratio ${ratio.toFixed(2)}${bar}   ours ${(ours * 1e3).toFixed(1)} ms a step, ${((ours * 1e6) / steps).toFixed(1)} us a line; Keras ${(theirs * 1e3).toFixed(1)} ms, ${((theirs * 1e6) / steps).toFixed(1)} us\n`)
    }
  } finally {
    keras.end()
    await network.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { batch: { type: 'string', default: '32,128' }, rounds: { type: 'string', default: '7' }, threads: { type: 'string', default: String(availableParallelism()) } } })
const [python = 'python3', name = 'k8ntext'] = positionals
process.stdout.write(`Ratio: Keras's time by ours, the median of ${values.rounds} rounds in turns; above 1 ours is quicker. ${values.threads} threads; load before it ${(loadavg()[0] ?? 0).toFixed(1)}.\n`)
for (const batch of values.batch.split(',').map(Number)) await compare({ name, batch, rounds: Number(values.rounds), threads: Number(values.threads), python })
