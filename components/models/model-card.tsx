import Link from 'next/link'
import type { ModelManifest } from '@/lib/model/model-manifest'
import { Ago } from '@/components/format/ago'
import { formatCount } from '@/components/format/number'
import { MEASURES, protocolText } from '@/components/runs/measures'
import { Pairs } from '@/components/ui/page'

export interface ModelCard {
  readonly id: string
  readonly name: string
  readonly origin: 'ships' | 'stored'
  readonly isDefault: boolean
  readonly manifest: ModelManifest
  readonly runId: string | null
  readonly createdAt: string
}

const LEAD = ['windowPartsF1', 'linePartsF1', 'lineMacroF1', 'lineWeightedF1', 'lineAccuracy', 'calibrationError']

/** What a model was trained on, and what it is good for. */
export function ModelCardView({ model }: { model: ModelCard }) {
  const { manifest } = model
  const measures = MEASURES.filter((measure) => LEAD.includes(measure.id) && manifest.metrics[measure.id] !== undefined)
  return (
    <article id={model.id} aria-label={model.name} className="scroll-mt-16 rounded-md border border-line p-4 target:border-accent">
      <header className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-16">{model.name}</h2>
        <span className="text-12 text-dim">{model.origin === 'ships' ? 'ships with Auditweave' : <>left by a run <Ago at={model.createdAt} /></>}</span>
        {model.isDefault ? <span className="rounded-sm bg-accent-bg px-1.5 py-0.5 text-12 font-medium text-accent">default</span> : null}
      </header>
      <div className="grid gap-x-10 gap-y-4 lg:grid-cols-2">
        <Pairs items={[
          ['network', `${manifest.preset}, W = ${manifest.network.window}, ${manifest.network.features} features`],
          ['labels', `${formatCount(manifest.network.classes)} part values in ${manifest.network.heads} heads`],
          ['trained on', `${manifest.data.name}, ${formatCount(manifest.data.lines)} lines`],
          ['protocol', protocolText(manifest.protocol.name)],
          ['engine', manifest.engine],
          ...(model.runId ? [['run', <Link key="r" href={`/runs/${model.runId}`} className="link">open the run</Link>] as const] : []),
        ]} />
        <Pairs items={measures.map((measure) => [<span key={measure.id} title={measure.hint}>{measure.label}</span>, <b key="v" className="font-semibold">{measure.format(manifest.metrics[measure.id] ?? Number.NaN)}</b>] as const)} />
      </div>
      {manifest.notes ? <p className="mt-3 max-w-[90ch] border-t border-line pt-3 text-dim">{manifest.notes}</p> : null}
    </article>
  )
}
