import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { getReconstruction } from '@/lib/store/reconstructions'
import { ContextRoom, ContextSkeleton } from '@/components/context-view/context-room'
import { contextIdSchema } from '../../../api/reconstructions/[id]/contracts'
import { idSchema } from '../../../api/contracts'
import { guardPage, orNotFound } from '../../../guard'

export const metadata: Metadata = { title: 'Context' }

export default async function ContextPage({ params }: { params: Promise<{ reconstruction: string; context: string }> }) {
  await guardPage()
  const { reconstruction: id, context } = await params
  if (!contextIdSchema.safeParse(context).success) notFound()
  const { datasetName } = await orNotFound(idSchema.safeParse(id).success ? getReconstruction(id) : Promise.resolve(null))
  return <Suspense fallback={<ContextSkeleton />}><ContextRoom key={`${id} ${context}`} reconstruction={id} context={context} name={datasetName} /></Suspense>
}
