import { LINKED_HEADS } from '../linked/linked-target'
import type { AnyManifest } from '../model-file'

/** The label's five parts in the order of the label coder's heads. */
const WINDOWS_HEADS = ['resource', 'subresource', 'namespaced', 'single', 'verb'] as const

/** A name for each head of a model's network. Names are ours, never a manifest's: they become names in files. */
export function headNames({ family }: Pick<AnyManifest, 'family'>): readonly string[] {
  return family === 'linked' ? LINKED_HEADS : WINDOWS_HEADS
}

/** Names for the heads of a network that is no model: head0, head1, ... */
export function numberedHeads(heads: number): readonly string[] {
  return Array.from({ length: heads }, (_, head) => `head${head}`)
}
