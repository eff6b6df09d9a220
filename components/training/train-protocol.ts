import type { EpochRecord } from '@/lib/model/checkpoint'

/** A labelled log that is ready to be learnt from. */
export interface TrainingLog {
  readonly name: string
  /** API lines, and how many of them have a label, and how many labels there are. */
  readonly lines: number
  readonly labelled: number
  readonly labels: number
  /** Windows that the blocked split leaves room for, largest first. */
  readonly windows: readonly number[]
}

/** What a reader may change; the rest is the preset's. */
export interface TrainChoice { readonly name: string; readonly window: number; readonly epochs: number; readonly seed: number }

export type TrainProgress =
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'training'; readonly epoch: number; readonly epochs: number; readonly step: number; readonly steps: number; readonly seconds: number; readonly loss: number }
  | { readonly kind: 'epoch'; readonly record: EpochRecord }
  | { readonly kind: 'scoring'; readonly done: number; readonly total: number }

/** How training ended: `stopped` by the reader, who may go on from the last whole epoch. */
export interface TrainEnd { readonly stopped: boolean; readonly epochs: number; readonly seconds: number; readonly bestEpoch: number | null }

/** A finished model: a folder's two files, the folder as a zip, and its figures on lines it has not seen. */
export interface TrainedFiles {
  readonly name: string
  readonly manifest: string
  readonly weights: ArrayBuffer
  readonly zip: ArrayBuffer
  readonly metrics: Readonly<Record<string, number>>
  readonly trainLines: number
  readonly testLines: number
}

/** Questions to the training worker and their answers. */
export interface TrainCalls {
  load: { readonly ask: { readonly log: Blob; readonly truth: Blob; readonly name: string }; readonly answer: TrainingLog }
  /** `proceed` goes on where it was stopped; otherwise it begins anew. */
  train: { readonly ask: { readonly choice: TrainChoice; readonly kernels: ArrayBuffer; readonly proceed: boolean }; readonly answer: TrainEnd }
  finish: { readonly ask: Record<string, never>; readonly answer: TrainedFiles }
}
