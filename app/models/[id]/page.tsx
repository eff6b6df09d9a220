import type { Metadata } from 'next'
import { Suspense } from 'react'
import { guardPage, orNotFound } from '../../guard'
import { modelParams } from '../../api/contracts'
import { cardText, explanationOf, findCard } from '../../api/models/library'
import { isAuditweaveError } from '@/lib/audit/errors'
import { DEFAULT_MODEL } from '@/lib/model/default-model'
import { Ago } from '@/components/format/ago'
import { Markdown } from '@/components/format/markdown'
import { DefaultBadge, StateBadge } from '@/components/models/badges'
import { aboutItems } from '@/components/models/about-items'
import { ExplanationView } from '@/components/models/explanation-view'
import { Lineage } from '@/components/models/lineage'
import { ModelButtons } from '@/components/models/model-buttons'
import { ModelFigures } from '@/components/models/model-figures'
import { ModelNote } from '@/components/models/model-note'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Page, Pairs, Section } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Model' }

/** A file beside the model that cannot be read keeps nobody from the rest of the page. */
function damaged(error: unknown): Awaited<ReturnType<typeof explanationOf>> & { trouble?: string } {
  if (isAuditweaveError(error) && error.code === 'bad-explanation') return { explanation: null, explaining: null, trouble: error.message }
  throw error
}

export default async function ModelRoute({ params }: { params: Promise<{ id: string }> }) {
  await guardPage()
  const { id } = await params
  const known = modelParams.safeParse({ id })
  const { card, others } = await orNotFound(known.success ? findCard(known.data.id) : Promise.resolve(null))
  const ships = card.origin === 'ships'
  const [{ explanation, explaining, trouble = null }, text] = await Promise.all([explanationOf(card.id).then((found): ReturnType<typeof damaged> => found, damaged), ships ? cardText(card.name) : null])
  const acted = { id: card.id, name: card.name, state: card.state, isDefault: card.isDefault, origin: card.origin, publishedAt: card.publishedAt, previousDefault: others.find((model) => model.isDefault)?.id ?? null }
  return (
    <Page
      title={<span className="inline-flex flex-wrap items-baseline gap-2.5">{card.name}{card.isDefault ? <DefaultBadge /> : null}{ships ? null : <StateBadge state={card.state} />}</span>}
      crumb={{ href: '/models', label: 'Models' }}
      summary={ships ? 'Ships with Auditweave.' : <>Left by a run <Ago at={card.createdAt} />.</>}
      actions={<><ModelButtons model={acted} canBeDefault={!ships || card.name === DEFAULT_MODEL} />{ships ? null : <ButtonLink href={`/lineage/model/${card.id}`}>Lineage</ButtonLink>}</>}
    >
      <Section title="Card"><Pairs items={aboutItems(card)} />{card.manifest.notes ? <p className="mt-3 max-w-[90ch] text-dim">{card.manifest.notes}</p> : null}</Section>
      {ships ? null : <ModelNote id={card.id} note={card.note} tags={card.tags} />}
      <ModelFigures card={card} others={others} />
      {trouble ? <Notice tone="warn" className="mb-8">{trouble}</Notice> : null}
      <Suspense><ExplanationView id={card.id} name={card.name} explanation={explanation} explaining={explaining} command={ships ? `npx auditweave model importance ${card.name} --save` : null} /></Suspense>
      <Lineage card={card} />
      {text ? <Section title="In its makers’ words"><Markdown text={text} /></Section> : null}
    </Page>
  )
}
