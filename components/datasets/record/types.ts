import type { LabelDifferences } from '@/lib/labelling/dataset/diff'
import type { PartCounts, SplitLeakage } from '@/lib/labelling/dataset/splits/leakage'
import type { Part, SplitSpec } from '@/lib/labelling/dataset/splits/spec'

/** A version of a data set, as the server tells it. */
export interface VersionView {
  readonly number: number
  readonly parent: number | null
  readonly eventsSha256: string
  readonly labelsSha256: string
  readonly requests: number
  readonly counts: { readonly labelled: number; readonly contexts: number; readonly classes: number }
  readonly note: string
  readonly actor: string
  readonly createdAt: string
}

export interface SplitView {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly spec: SplitSpec
  readonly counts: { readonly parts: Readonly<Record<Part, PartCounts>>; readonly leftOut: number }
  readonly leakage: SplitLeakage
}

export interface DifferencesView {
  readonly from: { readonly number: number | null }
  readonly to: { readonly number: number | null }
  readonly labels: LabelDifferences
  readonly splits: readonly { readonly name: string; readonly change: 'added' | 'removed' | 'changed'; readonly from: string | null; readonly to: string | null; readonly moved: number }[]
}

/** What it was made of. */
export interface OriginView {
  readonly operation: { readonly kind: string; readonly text: string; readonly report: Readonly<Record<string, string | number>> } | null
  readonly parents: readonly { readonly id: string | null; readonly name: string; readonly version: number }[]
}
