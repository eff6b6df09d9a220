import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { ContextSkeleton } from '@/components/context-view/context-room'
import { LiveContext } from '@/components/receiving/live-context'
import { contextParams } from '../../api/live/live-contracts'
import { guardPage } from '../../guard'

export const metadata: Metadata = { title: 'Live context' }

export default async function LiveContextPage({ params }: { params: Promise<{ context: string }> }) {
  await guardPage()
  const { context } = await params
  if (!contextParams.safeParse({ context }).success) notFound()
  return <Suspense fallback={<ContextSkeleton />}><LiveContext key={context} context={context} /></Suspense>
}
