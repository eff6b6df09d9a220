import type { Metadata } from 'next'
import { Suspense } from 'react'
import { getReconstruction } from '@/lib/store/reconstructions'
import { ContextsView } from '@/components/contexts/contexts-view'
import { ReconstructionUnderWay } from '@/components/contexts/under-way'
import { plural } from '@/components/format/number'
import { ButtonLink } from '@/components/ui/button'
import { Page } from '@/components/ui/page'
import { idSchema } from '../../api/contracts'
import { guardPage, orNotFound } from '../../guard'

export const metadata: Metadata = { title: 'Contexts' }

export default async function ReconstructionPage({ params }: { params: Promise<{ reconstruction: string }> }) {
  const who = await guardPage()
  const { reconstruction: asked } = await params
  const found = await orNotFound(idSchema.safeParse(asked).success ? getReconstruction(asked) : Promise.resolve(null))
  const { id, datasetId, datasetName, method, modelName, state, error, progress } = found
  const by = `${method}, ${modelName === null ? 'links alone' : `model ${modelName}`}`
  return (
    <Page
      wide
      title={<>Contexts of {datasetName}</>}
      crumb={{ href: '/contexts', label: 'Contexts' }}
      summary={state === 'done' ? `${plural(found.contexts, 'context')} found by ${by}${found.corrections > 0 ? `; ${plural(found.corrections, 'correction')} by hand` : ''}.` : `By ${by}.`}
      actions={state === 'done' ? <><ButtonLink href={`/query?dataset=${datasetId}&reconstruction=${id}`}>Query</ButtonLink><ButtonLink href={`/datasets/${datasetId}`}>Data set</ButtonLink></> : null}
    >
      {state === 'done' ? <Suspense><ContextsView id={id} name={datasetName} mayExport={who.role !== 'annotator'} /></Suspense> : <ReconstructionUnderWay id={id} state={state} progress={progress} error={error?.message ?? null} />}
    </Page>
  )
}
