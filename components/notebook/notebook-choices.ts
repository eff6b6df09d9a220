import type { ExperimentChoice } from '@/lib/notebook/experiment-choice'

/** What cells can be made from, as the forms of the page offer it. */
export interface NotebookChoices {
  readonly datasets: readonly { readonly id: string; readonly name: string; readonly hasTruth: boolean }[]
  readonly experiments: readonly ExperimentChoice[]
  readonly launches: readonly { readonly id: string; readonly experiment: string; readonly scale: string; readonly dataset: string; readonly createdAt: string }[]
  /** The data set that new cells begin with. */
  readonly dataset: string
}

export const NO_CHOICES: NotebookChoices = { datasets: [], experiments: [], launches: [], dataset: '' }
