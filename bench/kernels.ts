import { readKernels, bestBuild } from '@/lib/engine/wasm/assets.node.ts'
import type { Build } from '@/lib/engine/wasm/assets.node.ts'
import { Arena } from '@/lib/engine/wasm/arena'
import { MEMORY_START, instantiateKernels } from '@/lib/engine/wasm/kernels'
import type { Kernels } from '@/lib/engine/wasm/kernels'
import { LANES, ROW } from '@/lib/engine/wasm/layers/layer'
import { createMemory } from '@/lib/engine/wasm/memory'

/** The kernels that take most of a training step, on the two recurrent layers of the paper's network. */
const STEPS = 60
const SHAPES = [{ inputs: 39, units: 156 }, { inputs: 312, units: 117 }]
const ROUNDS = 15

interface Work {
  readonly name: string
  /** Floating-point operations of one run. */
  readonly flops: number
  run(): void
}

const randomise = (values: Float32Array): void => values.forEach((_, i) => { values[i] = Math.sin(i) / 10 })

/** One shard's work in one direction of a layer. */
async function shardWork(build: Build, { inputs, units }: { inputs: number; units: number }): Promise<Work[]> {
  const memory = createMemory(2 ** 25, false)
  const kernels: Kernels = await instantiateKernels(await WebAssembly.compile(await readKernels(build, 'inline')), memory)
  randomise(new Float32Array(memory.buffer, MEMORY_START))
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
      name: 'lstmForward', flops: multiplyAdd * (inputs + units),
      run: () => kernels.lstmForward(kernel, recurrent, bias, x, inputs, z, cell, cellTanh, output, oStep, units, STEPS, LANES, 0),
    },
    {
      name: 'lstmBackward', flops: multiplyAdd * units,
      run: () => kernels.lstmBackward(recurrent, z, cell, cellTanh, output, oStep, dHidden, dCell, units, STEPS, LANES, 0),
    },
    {
      name: 'gemmSteps', flops: multiplyAdd * inputs,
      run: () => kernels.gemmSteps(kernel, z, zStep, dInput, xStep, inputs, gates, LANES, STEPS, 0, 0),
    },
    {
      name: 'outerProduct', flops: multiplyAdd * inputs,
      run: () => kernels.outerProduct(x, xStep, z, zStep, kernel, inputs, gates, STEPS, LANES, scratch),
    },
  ]
}

/** What a plain loop over typed arrays reaches on the same product as gemmSteps: the yardstick. */
function plainLoops({ inputs, units }: { inputs: number; units: number }): Work {
  const [a, b, c] = [new Float32Array(inputs * 4 * units), new Float32Array(4 * units * LANES), new Float32Array(inputs * LANES)]
  randomise(a)
  randomise(b)
  const depth = 4 * units
  const run = (): void => {
    for (let m = 0; m < inputs; m++) {
      for (let n = 0; n < LANES; n++) {
        let sum = 0
        for (let k = 0; k < depth; k++) sum += (a[m * depth + k] ?? 0) * (b[k * LANES + n] ?? 0)
        c[m * LANES + n] = sum
      }
    }
  }
  return { name: 'plain loops', flops: 2 * depth * inputs * LANES, run }
}

const quartile = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? Number.NaN

/** GF/s of each, measured in turns, so that a busy machine slows all alike. */
function measure(works: readonly Work[]): number[] {
  const times = works.map((): number[] => [])
  for (let round = -5; round < ROUNDS; round++) {
    works.forEach((work, i) => {
      const started = performance.now()
      work.run()
      if (round >= 0) times[i]?.push(performance.now() - started)
    })
  }
  return works.map((work, i) => work.flops / quartile(times[i] ?? []) / 1e6)
}

const builds: readonly Build[] = bestBuild() === 'fma' ? ['fma', 'simd'] : ['simd']
console.log(`One thread, ${STEPS} steps of ${LANES} windows; x = times plain JavaScript loops in the same run.`)
for (const shape of SHAPES) {
  const works = [plainLoops(shape), ...(await Promise.all(builds.map((build) => shardWork(build, shape)))).flat()]
  const [yardstick = Number.NaN, ...rates] = measure(works)
  const perBuild = rates.length / builds.length
  console.log(`\n${shape.inputs} inputs, ${shape.units} units (plain loops ${yardstick.toFixed(2)} GF/s)`)
  for (let k = 0; k < perBuild; k++) {
    const figures = builds.map((build, i) => {
      const rate = rates[i * perBuild + k] ?? Number.NaN
      return `${build} ${rate.toFixed(1).padStart(5)} GF/s ${(rate / yardstick).toFixed(1).padStart(5)} x`
    })
    const ratio = builds.length === 2 ? `   fma/simd ${((rates[k] ?? 0) / (rates[perBuild + k] ?? 1)).toFixed(2)}` : ''
    console.log(`  ${(works[1 + k]?.name ?? '').padEnd(13)} ${figures.join('   ')}${ratio}`)
  }
}
