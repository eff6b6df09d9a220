import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import type { Reconstruction } from '@/lib/contexts/types'
import type { PublishedPoint } from '@/lib/experiments/points'
import type { RunMetrics, RunTimings } from '@/lib/experiments/run-spec'
import type { QueryNode } from '@/lib/query'

/** A data set as cells need it; `fingerprint` changes with its bytes, its version and nothing else. */
export interface SourceDataset { readonly id: string; readonly name: string; readonly version: number; readonly fingerprint: string }

export interface SourceRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly preset: string
  readonly protocol: string
  readonly seed: number
  readonly attempt: number
  readonly axes: JsonObject
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'stopped'
  readonly metrics: RunMetrics | null
  readonly timings: RunTimings | null
}

export interface SourceLaunch { readonly id: string; readonly name: string; readonly title: string; readonly scale: string; readonly datasetName: string; readonly createdAt: string }

/** Where cells get what they show; the store answers it, and tests do. */
export interface NotebookSources {
  /** @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is imported */
  dataset(name: string): Promise<SourceDataset>
  /** Contexts of a data set, linked once and kept for a while. */
  linked(dataset: SourceDataset): Promise<Reconstruction>
  /** Places of what matches: in the contexts of `linked`, or among the events in the order of `events`. Throws QueryError. */
  matching(dataset: SourceDataset, query: QueryNode, of: 'contexts' | 'lines'): Promise<readonly number[]>
  /** Events in order of time received: all, or those of some auditIDs. */
  events(dataset: SourceDataset, auditIDs?: readonly string[]): AsyncIterable<readonly AuditEvent[]>
  /** A launch by id, or the newest of an experiment, over one data set when named; null when there is none. */
  launch(wanted: { readonly experiment: string; readonly dataset: string | undefined; readonly launch: string }): Promise<SourceLaunch | null>
  /** Runs of a launch, of all launches of an experiment, or by their numbers, in order of number. */
  runs(of: { readonly launch: string } | { readonly experiment: string } | { readonly numbers: readonly number[] }): Promise<readonly SourceRun[]>
  /** Published values of an experiment by axis and measure, if the paper has any. */
  published(experiment: string): readonly PublishedPoint[]
}
