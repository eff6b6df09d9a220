import type { LabelDifferences } from '@/lib/labelling/dataset/diff'
import type { SplitLeakage, PartCounts } from '@/lib/labelling/dataset/splits/leakage'
import type { Part, SplitSpec } from '@/lib/labelling/dataset/splits/spec'
import type { Role } from '../types'

/** What the labels of a version amount to. */
export interface VersionCounts {
  readonly labelled: number
  readonly roles: Readonly<Record<Role, number>>
  readonly contexts: number
  /** Distinct labels. */
  readonly classes: number
}

/** A data set as it was at one moment. */
export interface DatasetVersion {
  readonly datasetId: string
  readonly number: number
  /** The version whose labels it went on from; null for the first. */
  readonly parent: number | null
  readonly eventsSha256: string
  readonly labelsSha256: string
  readonly events: number
  readonly requests: number
  readonly counts: VersionCounts
  readonly note: string
  readonly actor: string
  readonly createdAt: string
}

export interface SplitSummary {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly spec: SplitSpec
  readonly counts: { readonly parts: Readonly<Record<Part, PartCounts>>; readonly leftOut: number }
  readonly leakage: SplitLeakage
  readonly actor: string
  readonly createdAt: string
}

/** A split with the part of every request; auditIDs that are not in it are left out. */
export interface StoredSplit extends SplitSummary {
  readonly parts: readonly Part[]
  /** Index into `parts`. */
  readonly partOf: ReadonlyMap<string, 0 | 1 | 2>
}

/** Which data set at which version; `number` null: as it stands now. */
export interface VersionPlace { readonly datasetId: string; readonly name: string; readonly number: number | null }

export interface SplitChange { readonly name: string; readonly change: 'added' | 'removed' | 'changed'; readonly from: string | null; readonly to: string | null; readonly moved: number }

export interface VersionDifferences {
  readonly from: VersionPlace
  readonly to: VersionPlace
  readonly events: { readonly same: boolean; readonly added: number; readonly removed: number; readonly changed: number; readonly addedSamples: readonly string[]; readonly removedSamples: readonly string[] }
  readonly labels: LabelDifferences
  readonly splits: readonly SplitChange[]
}

/** What a data set was made of and how. */
export interface Origin {
  readonly operation: Operation | null
  readonly parents: readonly { readonly id: string | null; readonly name: string; readonly version: number }[]
}

/** An operation as it is kept: what was asked, in words, and what it told. */
export interface Operation {
  readonly kind: 'merge' | 'slice' | 'pseudonymise'
  readonly text: string
  readonly report: Readonly<Record<string, string | number>>
}
