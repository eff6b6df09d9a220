import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'auditweave-crew-'))
afterAll(() => rmSync(folder, { recursive: true }))

const engine = (file: string): string => JSON.stringify(join(ROOT, 'lib', 'engine', 'wasm', file))

/** What a process that runs this program and has nothing else to do tells. */
function output(program: string): string {
  const file = join(folder, 'program.mts')
  writeFileSync(file, program)
  return spawnSync(process.execPath, ['--import', 'tsx', file], { cwd: ROOT, encoding: 'utf8', timeout: 40_000 }).stdout
}

/** The same of a crew of two whose threads run `worker`. */
function told(worker: string): string {
  const script = join(folder, 'worker.mjs')
  writeFileSync(script, `import { parentPort, workerData } from 'node:worker_threads'\n${worker}`)
  return output(`
    import { ThreadCrew } from ${engine('thread-crew.node.ts')}
    const main = async () => {
      const crew = await ThreadCrew.start(${JSON.stringify(script)}, { size: { threads: 2 } })
      await crew.run({ kind: 'predict' })
    }
    main().then(() => console.log('done'), (error) => console.log(error.code, error.message))
  `)
}

const READY = 'parentPort.postMessage({ ok: true })\n'
/** The second thread waits as at a barrier that the first never reaches. */
const STUCK = 'if (workerData.thread === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)\n'

describe('a crew whose thread fails says so, and does not end the process in silence', () => {
  it.each([
    ['cannot start', 'throw new Error("no such kernel")', 'no such kernel'],
    ['ends at its start', 'process.exit(3)', 'ended with code 3'],
    ['reports a failure', `${READY}parentPort.on('message', () => parentPort.postMessage({ ok: false, message: 'odd weights' }))`, 'odd weights'],
    ['throws while others wait', `${READY}parentPort.on('message', () => { ${STUCK} throw new Error('lost') })`, 'lost'],
    ['dies while others wait', `${READY}parentPort.on('message', () => { ${STUCK} process.exit(0) })`, 'ended with code 0'],
  ])('when it %s', (_, worker, reason) => {
    const said = told(worker)
    expect(said).toContain('engine-thread-failed')
    expect(said).toContain(reason)
  })

  it('however closely the failures of two follow each other', () => {
    const late = 'if (workerData.thread === 1) for (const until = performance.now() + 0.05; performance.now() < until;);'
    const script = join(folder, 'worker.mjs')
    writeFileSync(script, `import { parentPort, workerData } from 'node:worker_threads'\n${READY}parentPort.on('message', () => { ${late} parentPort.postMessage({ ok: false, message: 'odd weights' }) })`)
    const said = output(`
      import { ThreadCrew } from ${engine('thread-crew.node.ts')}
      const main = async () => {
        for (let round = 0; round < 40; round += 1) {
          const crew = await ThreadCrew.start(${JSON.stringify(script)}, { size: { threads: 2 } })
          await crew.run({ kind: 'predict' }).catch((error) => console.log(error.code))
        }
      }
      main()
    `)
    expect(said).toBe('engine-thread-failed\n'.repeat(40))
  })

  it('and where none fails, it is done', () => {
    expect(told(`${READY}parentPort.on('message', () => parentPort.postMessage({ ok: true }))`)).toBe('done\n')
  })

  it('when its build is another than the program', () => {
    const said = output(`
      import { join } from 'node:path'
      import { engineFolder, readKernels, bestBuild } from ${engine('assets.node.ts')}
      import { Graph } from ${engine('graph.ts')}
      import { createMemory } from ${engine('memory.ts')}
      import { ThreadCrew } from ${engine('thread-crew.node.ts')}
      const spec = { features: 2, window: 2, heads: 1, classes: 2, loss: { kind: 'crossEntropy' }, layers: [{ kind: 'dense', units: 2, activation: 'linear' }] }
      const size = { batch: 8, threads: 1, training: true }
      const graph = new Graph(spec, size)
      const module = await WebAssembly.compile(await readKernels(bestBuild(), 'shared'))
      const start = { module, memory: createMemory(graph.end, true), spec, size, graphEnd: graph.end + 64 }
      ThreadCrew.start(join(engineFolder(), 'worker.mjs'), start).then(() => console.log('started'), (error) => console.log(error.code, error.message))
    `)
    expect(said).toContain('engine-thread-failed')
    expect(said).toContain('npm run build:engine')
  })
})
