import type { Metadata } from 'next'
import { guardPage } from '../guard'
import { listLibrary } from '../api/models/library'
import { ModelCardView } from '@/components/models/model-card'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Models' }

export default async function ModelsPage() {
  await guardPage()
  const models = await listLibrary()
  return (
    <Page title="Models" summary="What each was trained on, what it is good for, and which one answers when none is named.">
      {models.length > 0 ? <div className="space-y-4">{models.map((model) => <ModelCardView key={model.id} model={model} />)}</div> : <Empty title="No model yet" action={<ButtonLink href="/experiments" tone="primary">Train some</ButtonLink>}>Every finished run leaves its model here.</Empty>}
    </Page>
  )
}
