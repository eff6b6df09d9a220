import type { AuditEvent } from '@/lib/audit/event'
import type { Reconstruction } from '@/lib/contexts/types'
import type { ReportSource, RunRecord } from '@/lib/experiments/report/run-record'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import type { QueryNode } from '@/lib/query'
import type { LinePair } from '../result'

/** A data set as cells need it; `fingerprint` changes with its bytes, its version and nothing else. */
export interface SourceDataset { readonly id: string; readonly name: string; readonly version: number; readonly fingerprint: string }

/** How a run stands. */
export interface SourceRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly protocol: string
  readonly seed: number
  readonly attempt: number
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'stopped'
}

export interface SourceLaunch { readonly id: string; readonly name: string; readonly title: string; readonly scale: string; readonly datasetName: string }

/** Runs of a launch, of all launches of an experiment, or by their numbers. */
export type RunsOf = { readonly launch: string } | { readonly experiment: string } | { readonly numbers: readonly number[] }

export type ComparedLines = Pick<LinePair, 'reason' | 'figures' | 'warnings'>

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
  /** What an experiment sweeps and shows. @throws AuditweaveError 'unknown-experiment' */
  experiment(name: string): ExperimentSpec
  /** A launch by id, or the newest of an experiment, over one data set when named; null when there is none. */
  launch(wanted: { readonly experiment: string; readonly dataset?: string | undefined; readonly launch: string }): Promise<SourceLaunch | null>
  /** Where the figures of a launch come from. */
  launchSource(launch: string): Promise<ReportSource>
  /** All of them, in order of number. */
  runs(of: RunsOf): Promise<readonly SourceRun[]>
  /** The figures of those that are done, in order of number. */
  records(of: RunsOf): Promise<readonly RunRecord[]>
  /** Two runs by id, line by line. */
  compareLines(a: string, b: string): Promise<ComparedLines>
}
