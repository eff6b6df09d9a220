import Link from 'next/link'
import type { AnyManifest } from '@/lib/model/model-file'
import { Ago } from '@/components/format/ago'
import { MEASURES, protocolText } from '@/components/runs/measures'
import { Pairs } from '@/components/ui/page'
import { aboutItems } from './about-items'
import { DefaultBadge, StateBadge } from './badges'

export interface ModelCard {
  readonly id: string
  readonly name: string
  readonly origin: 'ships' | 'stored'
  readonly state: 'draft' | 'published' | 'archived'
  readonly isDefault: boolean
  readonly manifest: AnyManifest
  /** Of manifest and weights of a stored one. */
  readonly sha256: string | null
  /** What people wrote of it. */
  readonly note: string
  readonly tags: readonly string[]
  readonly runId: string | null
  readonly publishedAt: string | null
  readonly createdAt: string
}

const LEAD = ['lineAccuracy', 'lineMacroF1', 'lineWeightedF1', 'linePartsF1', 'windowPartsF1', 'calibrationError']

/** What a model was trained on, and what it is good for, at a glance; its page says more. */
export function ModelCardView({ model }: { model: ModelCard }) {
  const { manifest } = model
  const measures = MEASURES.filter((measure) => LEAD.includes(measure.id) && manifest.metrics[measure.id] !== undefined)
  return (
    <article id={model.id} aria-label={model.name} className="scroll-mt-16 rounded-md border border-line p-4 target:border-accent">
      <header className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-16"><Link href={`/models/${encodeURIComponent(model.id)}`} className="hover:underline">{model.name}</Link></h2>
        {model.isDefault ? <DefaultBadge /> : null}
        {model.origin === 'stored' ? <StateBadge state={model.state} /> : null}
        <span className="text-12 text-dim">{model.origin === 'ships' ? 'ships with Auditweave' : <>left by a run <Ago at={model.createdAt} /></>}</span>
      </header>
      <div className="grid items-start gap-x-10 gap-y-4 lg:grid-cols-2">
        <Pairs items={aboutItems(model)} />
        <Pairs items={[
          ...measures.map((measure) => [<span key={measure.id} title={measure.hint}>{measure.label}</span>, <b key="v" className="font-semibold">{measure.format(manifest.metrics[measure.id] ?? Number.NaN)}</b>] as const),
          ['scored by', protocolText(manifest.protocol.name)] as const,
        ]} />
      </div>
      {manifest.notes ? <p className="mt-3 max-w-[90ch] border-t border-line pt-3 text-dim">{manifest.notes}</p> : null}
    </article>
  )
}
