import { readKernels, bestBuild } from '@/lib/engine/wasm/assets.node.ts'
import type { Build } from '@/lib/engine/wasm/assets.node.ts'
import { Arena } from '@/lib/engine/wasm/arena'
import { MEMORY_START, instantiateKernels } from '@/lib/engine/wasm/kernels'
import type { Kernels } from '@/lib/engine/wasm/kernels'
import { LANES, ROW } from '@/lib/engine/wasm/layers/layer'
import { createMemory } from '@/lib/engine/wasm/memory'
import { plainGelu, plainLayerNorm, plainLookup, plainProduct, plainScatter } from './_plain-kernels'

/**
 * The kernels that take most of a training step: the products of the paper's two recurrent layers and of the linked
 * network's first dense layer, in GF/s, then what goes over values one by one, in values a nanosecond.
 */
const STEPS = 60
const RECURRENT = [{ inputs: 39, units: 156 }, { inputs: 312, units: 117 }]
const DENSE = { inputs: 760, units: 160 }
const EMBEDDING = { features: 95, dimension: 8, codes: 40 }
const ROUNDS = 15

interface Work {
  readonly name: string
  /** Operations, or values, of one run. */
  readonly amount: number
  run(): void
}

interface Machine { readonly build: Build; readonly kernels: Kernels; readonly memory: WebAssembly.Memory }

const randomise = (values: Float32Array): void => values.forEach((_, i) => { values[i] = Math.sin(i) / 10 })

async function machine(build: Build): Promise<Machine> {
  const memory = createMemory(2 ** 26, false)
  const kernels = await instantiateKernels(await WebAssembly.compile(await readKernels(build, 'inline')), memory)
  randomise(new Float32Array(memory.buffer, MEMORY_START))
  return { build, kernels, memory }
}

/** One shard's work in one direction of a recurrent layer. */
function recurrentWork({ kernels }: Machine, { inputs, units }: { inputs: number; units: number }): Work[] {
  const arena = new Arena(MEMORY_START)
  const gates = 4 * units
  const rows = (count: number): number => arena.bytes(count * ROW * STEPS)
  const [x, z, cell, cellTanh, output, dInput] = [rows(inputs), rows(gates), rows(units), rows(units), rows(units), rows(inputs)]
  const [kernel, recurrent, bias] = [arena.words(inputs * gates), arena.words(units * gates), arena.words(gates)]
  const [dHidden, dCell, scratch] = [arena.bytes(units * ROW), arena.bytes(units * ROW), arena.words((inputs + 48) * STEPS * LANES + 64)]
  const [zStep, xStep, oStep] = [gates * ROW, inputs * ROW, units * ROW]
  const multiplyAdd = 2 * STEPS * LANES * gates
  return [
    {
      name: 'lstmForward', amount: multiplyAdd * (inputs + units),
      run: () => kernels.lstmForward(kernel, recurrent, bias, x, inputs, z, cell, cellTanh, output, oStep, units, STEPS, LANES, 0),
    },
    {
      name: 'lstmBackward', amount: multiplyAdd * units,
      run: () => kernels.lstmBackward(recurrent, z, cell, cellTanh, output, oStep, dHidden, dCell, units, STEPS, LANES, 0),
    },
    {
      name: 'gemmSteps', amount: multiplyAdd * inputs,
      run: () => kernels.gemmSteps(kernel, z, zStep, dInput, xStep, inputs, gates, LANES, STEPS, 0, 0),
    },
    {
      name: 'outerProduct', amount: multiplyAdd * inputs,
      run: () => kernels.outerProduct(x, xStep, z, zStep, kernel, inputs, gates, STEPS, LANES, scratch),
    },
  ]
}

function denseWork({ kernels }: Machine, { inputs, units }: { inputs: number; units: number }): Work[] {
  const arena = new Arena(MEMORY_START)
  const [x, y] = [arena.bytes(inputs * ROW * STEPS), arena.bytes(units * ROW * STEPS)]
  const [kernel, scratch] = [arena.words(inputs * units), arena.words((inputs + 48) * STEPS * LANES + 64)]
  const amount = 2 * STEPS * LANES * inputs * units
  return [
    { name: 'forward', amount, run: () => kernels.gemmSteps(kernel, x, inputs * ROW, y, units * ROW, units, inputs, LANES, STEPS, 0, 0) },
    { name: 'input gradient', amount, run: () => kernels.gemmSteps(kernel, y, units * ROW, x, inputs * ROW, inputs, units, LANES, STEPS, 0, 0) },
    { name: 'outerProduct', amount, run: () => kernels.outerProduct(x, inputs * ROW, y, units * ROW, kernel, inputs, units, STEPS, LANES, scratch) },
  ]
}

function elementWork({ kernels, memory }: Machine): Work[] {
  const arena = new Arena(MEMORY_START)
  const { features, dimension, codes } = EMBEDDING
  const width = features * dimension
  const values = width * STEPS * LANES
  const [table, offsets, code] = [arena.words(features * codes * dimension), arena.words(features), arena.bytes(features * STEPS * LANES * 2)]
  const [x, y, statistics, gamma, sums] = [arena.words(values), arena.words(values), arena.bytes(2 * ROW * STEPS), arena.words(width), arena.bytes(width * 32)]
  new Int32Array(memory.buffer, offsets, features).forEach((_, i, all) => { all[i] = i * codes })
  new Uint16Array(memory.buffer, code, features * STEPS * LANES).forEach((_, i, all) => { all[i] = (i * 7) % codes })
  const tableBytes = features * codes * dimension * 4
  return [
    { name: 'embedding', amount: values, run: () => kernels.embeddingForward(table, offsets, code, x, features, dimension, STEPS, LANES) },
    { name: 'its gradient', amount: values, run: () => kernels.embeddingGradient(table, tableBytes, offsets, code, x, features, dimension, STEPS, LANES) },
    { name: 'gelu', amount: values, run: () => kernels.gelu(x, y, values * 4) },
    { name: 'layerNorm', amount: values, run: () => kernels.layerNormForward(x, y, statistics, gamma, gamma, 1e-3, width, STEPS, LANES) },
    { name: 'its gradient', amount: values, run: () => kernels.layerNormGradient(x, y, statistics, gamma, gamma, gamma, sums, width, STEPS, LANES) },
  ]
}

const quartile = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? Number.NaN

/** Amount a nanosecond of each, measured in turns, so that a busy machine slows all alike. */
function measure(works: readonly Work[]): number[] {
  const times = works.map((): number[] => [])
  for (let round = -5; round < ROUNDS; round++) {
    works.forEach((work, i) => {
      const started = performance.now()
      work.run()
      if (round >= 0) times[i]?.push(performance.now() - started)
    })
  }
  return works.map((work, i) => work.amount / quartile(times[i] ?? []) / 1e6)
}

/** Each kernel beside its yardstick, the one of that number or the only one. */
function compare(title: string, unit: string, yardsticks: readonly Work[], perBuild: readonly { readonly build: Build; readonly works: readonly Work[] }[]): void {
  const rates = measure([...yardsticks, ...perBuild.flatMap(({ works }) => works)])
  const count = perBuild[0]?.works.length ?? 0
  console.log(`\n${title} (plain loops ${rates.slice(0, yardsticks.length).map((rate) => rate.toFixed(2)).join(', ')} ${unit})`)
  perBuild[0]?.works.forEach(({ name }, k) => {
    const own = perBuild.map((_, i) => rates[yardsticks.length + i * count + k] ?? Number.NaN)
    const plain = rates[Math.min(k, yardsticks.length - 1)] ?? Number.NaN
    const figures = perBuild.map(({ build }, i) => `${build} ${own[i]?.toFixed(1).padStart(5)} ${unit} ${((own[i] ?? 0) / plain).toFixed(1).padStart(5)} x`)
    const ratio = own.length === 2 ? `   fma/simd ${((own[0] ?? 0) / (own[1] ?? 1)).toFixed(2)}` : ''
    console.log(`  ${name.padEnd(14)} ${figures.join('   ')}${ratio}`)
  })
}

const builds: readonly Build[] = bestBuild() === 'fma' ? ['fma', 'simd'] : ['simd']
const machines = await Promise.all(builds.map(machine))
const each = (works: (machine: Machine) => Work[]): { build: Build; works: Work[] }[] => machines.map((own) => ({ build: own.build, works: works(own) }))
console.log(`One thread, ${STEPS} steps of ${LANES} windows; x = times plain JavaScript loops in the same run.`)
for (const shape of RECURRENT) {
  compare(`bilstm: ${shape.inputs} inputs, ${shape.units} units`, 'GF/s', [plainProduct(shape.inputs, 4 * shape.units, LANES)], each((own) => recurrentWork(own, shape)))
}
compare(`dense: ${DENSE.inputs} inputs, ${DENSE.units} units`, 'GF/s', [plainProduct(DENSE.inputs, DENSE.units, LANES)], each((own) => denseWork(own, DENSE)))
const lines = STEPS * LANES
const width = EMBEDDING.features * EMBEDDING.dimension
const plain = [plainLookup(EMBEDDING, lines), plainScatter(EMBEDDING, lines), plainGelu(width * lines), ...plainLayerNorm(width, lines)]
compare(`values: ${EMBEDDING.features} features of dimension ${EMBEDDING.dimension}`, 'values/ns', plain, each(elementWork))
