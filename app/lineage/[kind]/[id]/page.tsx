import type { Metadata } from 'next'
import { z } from 'zod'
import { guardPage, orNotFound } from '../../../guard'
import { idSchema } from '../../../api/contracts'
import { lineageOf } from '@/lib/store/lineage'
import { LINEAGE_STARTS } from '@/lib/experiments/lineage'
import { LineageGraph } from '@/components/lineage/lineage-graph'
import { LineageList } from '@/components/lineage/lineage-list'
import { hrefOf, keyOf } from '@/components/lineage/lineage-layout'
import { visibleText } from '@/components/format/visible'
import { plural } from '@/components/format/number'
import { ButtonLink } from '@/components/ui/button'
import { Page, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Lineage' }

const paramsSchema = z.object({ kind: z.enum(LINEAGE_STARTS), id: idSchema })

export default async function LineageRoute({ params }: { params: Promise<{ kind: string; id: string }> }) {
  await guardPage()
  const asked = paramsSchema.safeParse(await params)
  const lineage = await orNotFound(asked.success ? lineageOf(asked.data.kind, asked.data.id) : Promise.resolve(null))
  const start = lineage.nodes.find((node) => keyOf(node) === lineage.start)
  const href = start ? hrefOf(start, lineage) : null
  const left = Object.values(lineage.more).reduce((sum, count) => sum + count, 0)
  return (
    <Page wide title={`Where ${visibleText(start?.title ?? '', 80)} comes from, and what came of it`} summary="From data set to launch, run and model, and to what uses them; each with its version or hash and its time." actions={href === null ? null : <ButtonLink href={href}>Open it</ButtonLink>}>
      <Section title="Picture"><LineageGraph lineage={lineage} /></Section>
      <Section title="List" aside={left > 0 ? <span className="text-12 text-dim">{plural(left, 'older one')} left out</span> : null}><LineageList lineage={lineage} /></Section>
    </Page>
  )
}
