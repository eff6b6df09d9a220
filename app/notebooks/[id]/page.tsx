import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { guardPage, orNotFound } from '../../guard'
import { idSchema } from '../../api/contracts'
import { listExperiments as listSpecs } from '@/lib/experiments/catalogue'
import { experimentChoice } from '@/lib/notebook/experiment-choice'
import { presentSources } from '@/lib/notebook/run/run-cell'
import { listDatasets } from '@/lib/store/datasets'
import { listExperiments } from '@/lib/store/experiments'
import { notebookSources } from '@/lib/store/notebook-sources'
import { getNotebook } from '@/lib/store/notebooks'
import type { NotebookChoices } from '@/components/notebook/notebook-choices'
import { NotebookView } from '@/components/notebook/notebook-view'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'

export const metadata: Metadata = { title: 'Notebook' }

type Props = { params: Promise<{ id: string }> }

export default async function NotebookRoute({ params }: Props) {
  await guardPage()
  const { id } = await params
  const notebook = await orNotFound(idSchema.safeParse(id).success ? getNotebook(id) : Promise.resolve(null))
  const { title, document, revision, results, shareToken } = notebook
  const [present, choices] = await Promise.all([presentSources(document.cells, notebookSources()), readChoices()])
  return <NotebookView key={`${notebook.id} ${revision}`} notebook={{ id: notebook.id, title, document, revision, results, present, shareToken }} choices={choices} />
}

const MOST_LAUNCHES = 50

async function readChoices(): Promise<NotebookChoices> {
  const [datasets, launches, jar] = await Promise.all([listDatasets(), listExperiments({}), cookies()])
  const ready = datasets.filter((dataset) => dataset.state === 'ready')
  const remembered = ready.find((dataset) => dataset.id === jar.get(DATASET_COOKIE)?.value)
  return {
    datasets: ready.map(({ id, name, hasLabels }) => ({ id, name, hasTruth: hasLabels })),
    experiments: listSpecs().map(experimentChoice),
    launches: launches.slice(0, MOST_LAUNCHES).map(({ id, name, scale, datasetName, createdAt }) => ({ id, experiment: name, scale, dataset: datasetName, createdAt })),
    dataset: (remembered ?? ready[0])?.name ?? 'lab-a',
  }
}
