import { AuditweaveError } from '@/lib/audit/errors'
import { formatMicros } from '@/lib/audit/time'
import { datasetCardSchema, EMPTY_CARD, type DatasetCard } from '@/lib/labelling/dataset/card'
import { cardMarkdown, type CardFigures } from '@/lib/labelling/dataset/card-markdown'
import { sql } from '../database'
import { requireDataset, type Dataset } from '../datasets'
import { CHANNELS, notify } from '../notify'
import { jsonText, stored } from '../values'
import { countLabels, standingLabels } from './current'
import type { Origin } from './types'
import { hasChanged, newestVersion } from './versions'

/** What people said of a data set; empty where nobody said anything yet. */
export async function readCard(datasetId: string): Promise<DatasetCard> {
  const [row] = await sql<{ about: unknown }>('SELECT about FROM datasets WHERE id = $1', [datasetId])
  return row?.about === null || row === undefined ? EMPTY_CARD : datasetCardSchema.parse(row.about)
}

/** Replaces the card and answers what it was before, for taking it back. @throws AuditweaveError 'unknown-dataset' */
export async function writeCard(datasetId: string, card: DatasetCard): Promise<DatasetCard> {
  const before = await readCard(datasetId)
  const rows = await sql('UPDATE datasets SET about = $2, updated_at = now() WHERE id = $1 RETURNING id', [datasetId, jsonText(datasetCardSchema.parse(card))])
  if (rows.length === 0) throw new AuditweaveError('unknown-dataset', `There is no data set "${datasetId.slice(0, 40)}".`)
  await notify(CHANNELS.datasets, datasetId)
  return before
}

/** What a data set was made from; nothing for an import. */
export async function readOrigin(datasetId: string): Promise<Origin> {
  const [row] = await sql<{ operation: unknown }>('SELECT operation FROM datasets WHERE id = $1', [datasetId])
  const parents = await sql<{ id: string | null; name: string; version: number }>('SELECT parent_id AS id, name, version FROM dataset_parents WHERE dataset_id = $1 ORDER BY place', [datasetId])
  return { operation: stored(row?.operation ?? null), parents }
}

/** Card and figures as Markdown. @throws AuditweaveError 'unknown-dataset' */
export async function exportCard(idOrName: string): Promise<string> {
  const dataset = await requireDataset(idOrName)
  return cardMarkdown(await readCard(dataset.id), await cardFigures(dataset))
}

async function cardFigures(dataset: Dataset): Promise<CardFigures> {
  const [counts, newest, origin] = [countLabels(await standingLabels(dataset.id)), await newestVersion(dataset.id), await readOrigin(dataset.id)]
  const current = newest !== null && !(await hasChanged(dataset.id, newest))
  const parents = origin.parents.map(({ name, version }) => `${name} version ${version}`).join(', ')
  return {
    name: dataset.name, description: dataset.card, events: dataset.events, requests: dataset.auditIDs, levels: dataset.levels, secretsKept: dataset.secretsKept,
    first: dataset.firstMicros === null ? null : formatMicros(dataset.firstMicros), last: dataset.lastMicros === null ? null : formatMicros(dataset.lastMicros),
    labelled: counts.labelled, contexts: counts.contexts, classes: counts.classes, roles: counts.roles,
    version: current ? { number: newest.number, eventsSha256: newest.eventsSha256, labelsSha256: newest.labelsSha256, at: newest.createdAt } : null,
    madeFrom: origin.operation === null ? null : `${origin.operation.text}; of ${parents}`,
  }
}
