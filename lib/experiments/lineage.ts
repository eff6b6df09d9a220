/** What a lineage is made of, in the order in which one comes of the other. */
export const LINEAGE_KINDS = ['dataset', 'experiment', 'run', 'model', 'reconstruction', 'report', 'notebook'] as const
export type LineageKind = (typeof LINEAGE_KINDS)[number]
/** Where a lineage may begin: a report is its launch's. */
export const LINEAGE_STARTS = ['dataset', 'experiment', 'run', 'model', 'reconstruction', 'notebook'] as const
export type LineageStart = (typeof LINEAGE_STARTS)[number]

export interface LineageNode {
  readonly kind: LineageKind
  readonly id: string
  readonly title: string
  /** "version 3", "revision 7", "Auditweave 1.4"; null where it has none. */
  readonly version: string | null
  /** SHA-256 of its bytes, where it is bytes. */
  readonly hash: string | null
  /** ISO time of its making. */
  readonly at: string
  /** What else tells it from others: protocol and seed, state, scale. */
  readonly note: string
}

/** `from` and `to` are `kind/id`; `to` was made of `from`. */
export interface LineageEdge { readonly from: string; readonly to: string }

export interface Lineage {
  readonly start: string
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
  /** How many of a kind were left out, the oldest. */
  readonly more: Readonly<Partial<Record<LineageKind, number>>>
}

export function nodeKey(node: { readonly kind: LineageKind; readonly id: string }): string { return `${node.kind}/${node.id}` }
