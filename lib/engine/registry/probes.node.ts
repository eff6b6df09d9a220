import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { FoundPackage } from './find.node.ts'
import { enginesFolder, projectVersion } from './home.node.ts'
import type { OptionalEngine } from './optional'
import type { Probe } from './probe-result'
import { runProbe } from './run-probe.node.ts'

const cacheFile = (engine: OptionalEngine): string => join(enginesFolder(), `${engine}.probe.json`)

/** What a probe holds for: another package, version, processor, Node, graphics driver choice or number of threads is probed anew. */
function keyOf({ name, version, stamp, place }: FoundPackage, threads: number): string {
  const { VK_ICD_FILENAMES: driver = '', CUDA_VISIBLE_DEVICES: devices = '' } = process.env
  return JSON.stringify([projectVersion(), name, version, stamp, place, process.version, process.arch, cpus()[0]?.model ?? '', cpus().length, driver, devices, threads])
}

function readCache(engine: OptionalEngine, key: string): Probe | null {
  try {
    const kept = JSON.parse(readFileSync(cacheFile(engine), 'utf8')) as { key: string; probe: Probe }
    return kept.key === key && typeof kept.probe.passed === 'boolean' ? kept.probe : null
  } catch {
    return null
  }
}

function writeCache(engine: OptionalEngine, key: string, probe: Probe): void {
  try {
    mkdirSync(enginesFolder(), { recursive: true, mode: 0o700 })
    const partial = `${cacheFile(engine)}.${process.pid}`
    writeFileSync(partial, `${JSON.stringify({ key, probe })}\n`, { mode: 0o600 })
    renameSync(partial, cacheFile(engine))
  } catch {
    // A data folder that cannot be written to costs a probe each time, no more.
  }
}

/** Whether the machine had more to do in the last minute than it has cores. */
const isBusy = (): boolean => (loadavg()[0] ?? 0) > availableParallelism()

/** Probes an engine now and keeps the outcome. */
export async function probeEngine(engine: OptionalEngine, found: FoundPackage, threads: number): Promise<Probe> {
  const busy = isBusy()
  const probe = { ...await runProbe(engine, threads), busy }
  writeCache(engine, keyOf(found, threads), probe)
  return probe
}

/** The kept outcome for this package on this machine, else a new one; a speed that was taken on a busy machine is taken again on an idle one. */
export async function knownProbe(engine: OptionalEngine, found: FoundPackage, threads: number): Promise<Probe> {
  const kept = readCache(engine, keyOf(found, threads))
  if (kept && !(kept.busy && kept.speed !== null && !isBusy())) return kept
  return probeEngine(engine, found, threads)
}
