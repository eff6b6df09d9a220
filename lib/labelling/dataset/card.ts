import { z } from 'zod'

const text = (most: number) => z.string().trim().max(most).default('')

/** What people must know of a data set before they use it; texts are Markdown, '' where nothing is said. */
export const datasetCardSchema = z.strictObject({
  /** Which cluster, whose, when and why it was recorded. */
  source: text(4000),
  /** Levels and rules of the audit policy, or where it lies. */
  auditPolicy: text(4000),
  clusterVersion: text(200),
  /** An SPDX identifier, or the terms in words. */
  licence: text(400),
  /** Who labelled how, and what was checked. */
  labelling: text(4000),
  contact: text(400),
  /** What it should not be used for, and what is known to be wrong. */
  limits: text(4000),
})

export type DatasetCard = z.infer<typeof datasetCardSchema>
export const EMPTY_CARD: DatasetCard = datasetCardSchema.parse({})

/** Fields in the order that people read, with what belongs into them. */
export const CARD_FIELDS: readonly { readonly field: keyof DatasetCard; readonly title: string; readonly hint: string; readonly long: boolean }[] = [
  { field: 'source', title: 'Where it comes from', hint: 'Which cluster, recorded when, by whom and what for.', long: true },
  { field: 'auditPolicy', title: 'Audit policy', hint: 'Levels and rules, stages that were left out.', long: true },
  { field: 'clusterVersion', title: 'Cluster version', hint: 'Kubernetes 1.37.2, three nodes.', long: false },
  { field: 'licence', title: 'Licence', hint: 'CC-BY-4.0, or the terms in words.', long: false },
  { field: 'labelling', title: 'How it was labelled', hint: 'By whom, by which rules and models, what was checked by a second person.', long: true },
  { field: 'contact', title: 'Contact', hint: 'Whom to ask.', long: false },
  { field: 'limits', title: 'Known limits', hint: 'What it should not be used for, and what is known to be wrong in it.', long: true },
]

/** Fields that nobody has filled in yet. */
export function missingFields(card: DatasetCard): string[] {
  return CARD_FIELDS.filter(({ field }) => card[field] === '').map(({ title }) => title)
}
