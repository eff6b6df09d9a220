import type { Metadata } from 'next'
import { guardPage } from '../../guard'
import { listExampleNotebooks } from '@/lib/store/example-notebooks'
import { listNotebooks } from '@/lib/store/notebooks'
import { NotebooksList } from '@/components/notebook/notebooks-list'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Notebooks' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function NotebooksPage({ searchParams }: Props) {
  await guardPage()
  const asked = (await searchParams)['new'] === '1' ? 'new' : null
  const [notebooks, examples] = await Promise.all([listNotebooks(), listExampleNotebooks()])
  const left = examples.filter((example) => !notebooks.some((notebook) => notebook.example === example.name)).length
  return (
    <Page title="Notebooks" summary="The argument, with its evidence: text, queries, charts, experiments and contexts, each with what it was made of.">
      <NotebooksList notebooks={notebooks} examplesLeft={left} asked={asked} />
    </Page>
  )
}
