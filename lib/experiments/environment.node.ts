import { cpus, hostname, loadavg, platform, release, totalmem } from 'node:os'
import type { RunEnvironment } from './run-spec'

/** Where a run was carried out; load is the mean of the last minute, so a busy machine shows beside its timings. */
export function readEnvironment(engine: string, threads: number, version: string, engineNotes: readonly string[] = []): RunEnvironment {
  const processors = cpus()
  return {
    engine,
    threads,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    platform: `${platform()} ${release()}`,
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    hostname: hostname(),
    version,
    ...(engineNotes.length > 0 ? { engineNotes: [...engineNotes] } : {}),
  }
}
