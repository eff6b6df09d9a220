import { findPackage, type FoundPackage } from './registry/find.node.ts'
import { OPTIONAL_ENGINES, type EngineChoice, type OptionalEngine } from './registry/optional'
import type { Probe } from './registry/probe-result'
import type { Engine } from './types'
import { loadWasmEngine } from './wasm/engine.node.ts'

export interface LoadedEngine {
  readonly engine: Engine
  /** The engine that was taken: 'wasm', 'tensorflow' or 'webgpu'. */
  readonly choice: Exclude<EngineChoice, 'auto'>
  /** Which engine computes and why, for the run and its page. */
  readonly notes: readonly string[]
}

/** An optional engine must be this much faster than wasm: below it the time for loading is not won back, and a busy machine makes of it what it will. */
const worthwhile = ({ busy }: Probe): number => (busy ? 3 : 1.1)

/**
 * The engine to compute with. `auto` takes the fastest that passes the conformance test on this machine; an engine by name that is
 * absent or fails gives way to wasm. Notes say so, with the cause and the next step. Optional engines are checked in a process of their own,
 * once for each version and machine, so none of them can break a run here; where none is installed, `auto` looks for their folders and that is all.
 * @throws AuditweaveError 'engine-not-built' where even wasm is missing
 */
export async function loadEngine(choice: EngineChoice, { threads }: { readonly threads: number }): Promise<LoadedEngine> {
  if (choice === 'wasm') return withWasm(threads, [])
  return choice === 'auto' ? automatic(threads) : named(choice, threads)
}

async function withWasm(threads: number, reasons: readonly string[]): Promise<LoadedEngine> {
  const engine = await loadWasmEngine({ threads })
  return { engine, choice: 'wasm', notes: [`Computed with ${engine.description}.`, ...reasons] }
}

async function automatic(threads: number): Promise<LoadedEngine> {
  const found = OPTIONAL_ENGINES.flatMap((name) => {
    const own = findPackage(name)
    return own ? [{ name, found: own }] : []
  })
  if (found.length === 0) return withWasm(threads, [])
  const { knownProbe } = await import('./registry/probes.node.ts')
  const candidates: Candidate[] = []
  // One after the other: they would slow each other down.
  for (const { name, found: own } of found) candidates.push({ name, found: own, probe: await knownProbe(name, own, threads) })
  const [best] = candidates.filter(({ probe }) => probe.passed && (probe.speed ?? 0) >= worthwhile(probe)).toSorted((a, b) => (b.probe.speed ?? 0) - (a.probe.speed ?? 0))
  const notes = candidates.map((candidate) => verdict(candidate))
  return best ? open(best, threads, notes) : withWasm(threads, notes)
}

interface Candidate { readonly name: OptionalEngine; readonly found: FoundPackage; readonly probe: Probe }

/** A probe's message as a part of a sentence. */
const told = ({ message }: Probe): string => message.replace(/\.$/, '')

function verdict({ name, probe }: Candidate): string {
  if (!probe.passed) return `${name} was passed over: it ${told(probe)}. \`npx auditweave engine check ${name}\` tries it again.`
  if (probe.speed === null) return `${name} (${probe.description}) passes the conformance test but is no graphics card, so it was passed over.`
  return `${name} (${probe.description}) passes the conformance test and trains at ${probe.speed.toFixed(2)} times the speed of wasm here${probe.busy ? ' (timed while the machine was busy)' : ''}.`
}

async function named(name: OptionalEngine, threads: number): Promise<LoadedEngine> {
  const found = findPackage(name)
  if (!found) return withWasm(threads, [`${name} was asked for but is not installed: \`npx auditweave engine add ${name}\` installs it.`])
  const { knownProbe } = await import('./registry/probes.node.ts')
  const probe = await knownProbe(name, found, threads)
  if (probe.passed) return open({ name, found, probe }, threads, [`${name} was asked for; it ${told(probe)}.`])
  return withWasm(threads, [`${name} was asked for but ${told(probe)}. \`npx auditweave engine check ${name}\` tries it again, \`npx auditweave engine add ${name}\` installs it anew.`])
}

/** Loads a checked engine into this process; wasm where that fails after all. */
async function open({ name, found }: Candidate, threads: number, reasons: readonly string[]): Promise<LoadedEngine> {
  try {
    const { openEngine } = await import('./registry/open.node.ts')
    const engine = await openEngine(name, found, threads)
    return { engine, choice: name, notes: [`Computed with ${engine.description}.`, ...reasons] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return withWasm(threads, [`${name} passed its check but could not be loaded (${reason.split('\n')[0]}). \`npx auditweave engine check ${name}\` tries it again.`])
  }
}
