import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { Merger, type MergeMode } from '@/lib/labelling/dataset/merge'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import type { KeyedHash } from '@/lib/labelling/dataset/pseudonyms/coder'
import { Pseudonymiser } from '@/lib/labelling/dataset/pseudonyms/pseudonymise'
import { Slicer, slicePredicate, sliceText, type SliceSpec } from '@/lib/labelling/dataset/slice'
import { requireDataset, type Dataset } from '../datasets'
import { streamEvents } from '../events'
import { deriveDataset, type DeriveOptions, type Derivation } from './derive'
import { freezeVersion } from './freeze'
import { mergedByTime } from './merged-events'
import { auditIDsOf } from './relabel'
import type { VersionPlace } from './types'
import { hasChanged, labelsOf, newestVersion, placeOf, requireVersion } from './versions'

/** A parent at the version that the operation takes: the one named, else what stands now, frozen if it is not yet. */
async function parentOf(reference: string, actor: string): Promise<VersionPlace & { number: number; dataset: Dataset }> {
  const place = await placeOf(reference)
  const dataset = await requireDataset(place.datasetId)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Use it when it is imported.`)
  if (place.number !== null) return { ...place, number: (await requireVersion(dataset, place.number)).number, dataset }
  const newest = await newestVersion(dataset.id)
  const version = newest !== null && !(await hasChanged(dataset.id, newest)) ? newest : await freezeVersion(dataset.id, { actor, note: 'Frozen for what was made from it' })
  return { ...place, number: version.number, dataset }
}

async function* eventsOf(datasetId: string): AsyncGenerator<AuditEvent[]> {
  for await (const batch of streamEvents(datasetId)) yield batch.map(({ event }) => event)
}

/** Cuts a part out of a data set (`NAME` or `NAME@VERSION`). @throws what `deriveDataset` does, QueryError, 'bad-slice' */
export async function sliceDataset(reference: string, spec: SliceSpec, options: DeriveOptions): Promise<Dataset> {
  slicePredicate(spec)
  return deriveDataset(options, async () => {
    const parent = await parentOf(reference, options.actor)
    const labels = await labelsOf(parent)
    const slicer = new Slicer(spec, labels)
    for await (const batch of eventsOf(parent.datasetId)) for (const event of batch) slicer.add(event)
    let taken = 0
    return {
      parents: [parent], secretsKept: parent.dataset.secretsKept,
      events: () => mapped(parent.datasetId, (event) => (slicer.takes(event.auditID) ? event : null), () => { taken++ }),
      outcome: () => ({ labels, operation: { kind: 'slice', text: `Slice: ${sliceText(spec)}`, report: { events: taken, of: parent.dataset.events } } }),
    }
  })
}

/** Merges data sets in order of time. @throws what `deriveDataset` does, 'audit-ids-collide', 'bad-merge' */
export async function mergeDatasets(references: readonly string[], mode: MergeMode, options: DeriveOptions): Promise<Dataset> {
  if (references.length < 2) throw new AuditweaveError('bad-merge', 'A merge takes two data sets or more.')
  return deriveDataset(options, async () => {
    const parents: Awaited<ReturnType<typeof parentOf>>[] = []
    for (const reference of references) parents.push(await parentOf(reference, options.actor))
    if (new Set(parents.map(({ datasetId }) => datasetId)).size < parents.length) throw new AuditweaveError('bad-merge', 'A data set cannot be merged with itself: name each once.')
    const sources = await Promise.all(parents.map(async (parent) => ({ name: parent.name, auditIDs: await auditIDsOf(parent.datasetId), labels: await labelsOf(parent) })))
    const merger = new Merger(sources, mode)
    return {
      parents, secretsKept: parents.some(({ dataset }) => dataset.secretsKept),
      events: () => mergedByTime(parents.map(({ datasetId }) => eventsOf(datasetId)), (source, event) => merger.event(source, event)),
      outcome: () => {
        const { labels, report } = merger.labels()
        return { labels, operation: { kind: 'merge', text: `Merge of ${parents.map(({ name, number }) => `${name} version ${number}`).join(', ')}; equal auditIDs: ${mode}`, report: { ...report } } }
      },
    }
  })
}

/** Writes a data set anew under pseudonyms; `hash` knows the key, which is kept nowhere. @throws what `deriveDataset` does */
export async function pseudonymiseDataset(reference: string, hash: KeyedHash, options: DeriveOptions): Promise<Dataset> {
  return deriveDataset(options, async () => {
    const parent = await parentOf(reference, options.actor)
    const pseudonymiser = new Pseudonymiser(hash)
    for await (const batch of eventsOf(parent.datasetId)) for (const event of batch) pseudonymiser.learn(event)
    const labels = new Map([...await labelsOf(parent)].map(([auditID, labelling]): [string, Labelling] => [auditID, pseudonymiser.labelling(labelling)]))
    return {
      parents: [parent], secretsKept: parent.dataset.secretsKept,
      events: () => mapped(parent.datasetId, (event) => pseudonymiser.event(event)),
      outcome: () => ({ labels, operation: { kind: 'pseudonymise', text: 'Pseudonyms for names, addresses and hosts, under a key that is not kept', report: { words: pseudonymiser.words.size } } }),
    } satisfies Derivation
  })
}

/** The events of a data set, changed or left out (null) one by one. */
async function* mapped(datasetId: string, change: (event: AuditEvent) => AuditEvent | null, taken: () => void = () => {}): AsyncGenerator<AuditEvent[]> {
  for await (const batch of eventsOf(datasetId)) {
    const made = batch.flatMap((event) => change(event) ?? [])
    made.forEach(taken)
    yield made
  }
}
