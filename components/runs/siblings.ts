import type { RunSource } from './run-line'

/** Runs that differ from this one in the protocol alone, one a protocol, finished ones first. */
export function siblingsOf(run: RunSource, others: readonly RunSource[]): RunSource[] {
  const same = (other: RunSource): boolean => other.id !== run.id && other.protocol !== run.protocol && other.seed === run.seed && other.preset === run.preset && JSON.stringify({ ...other.axes, protocol: null }) === JSON.stringify({ ...run.axes, protocol: null })
  const byProtocol = new Map<string, RunSource>()
  for (const other of others.filter(same)) if (!byProtocol.get(other.protocol)?.metrics) byProtocol.set(other.protocol, other)
  return [...byProtocol.values()]
}
