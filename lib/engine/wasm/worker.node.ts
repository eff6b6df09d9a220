import { parentPort, workerData } from 'node:worker_threads'
import { sharedBarrier, sharedClaim } from './barrier'
import { Executor } from './executor'
import type { Command } from './executor'
import { Graph } from './graph'
import { instantiateKernels } from './kernels'
import type { ThreadReply, ThreadStart } from './thread-crew.node.ts'

/** One thread of a crew: builds the same graph as the others and carries out commands. */
const { module, memory, spec, size, thread, graphEnd } = workerData as ThreadStart
const graph = new Graph(spec, size)
if (graph.end !== graphEnd) throw new Error('its build is older or newer than the program, which `npm run build:engine` and a new start mend')
const executor = new Executor(
  graph, await instantiateKernels(module, memory),
  sharedBarrier(memory, graph.control, size.threads), sharedClaim(memory, graph.claims, graph.parts), thread,
)
const reply = (message: ThreadReply): void => parentPort?.postMessage(message, [])

parentPort?.on('message', (command: Command) => {
  try {
    executor.run(command)
    reply({ ok: true })
  } catch (error) {
    reply({ ok: false, message: error instanceof Error ? error.message : String(error) })
  }
})
reply({ ok: true })
