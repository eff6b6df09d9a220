'use client'
import type { FeatureDrift } from '@/lib/features/drift'
import { LogText } from '@/components/format/log-text'
import { formatCount, formatShare, plural } from '@/components/format/number'
import { Select } from '@/components/ui/field'
import { Bar } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useAnswer } from '../use-answer'

export interface ModelChoice { readonly id: string; readonly name: string; readonly isDefault: boolean }
interface Drift { readonly model: { readonly name: string; readonly data: string; readonly lines: number }; readonly rows: number; readonly touched: number; readonly features: readonly FeatureDrift[] }

/** What a model has never met in its training and so reads as unknown here, feature by feature. */
export function DriftSection({ dataset, models, model, onModel }: { dataset: string; models: readonly ModelChoice[]; model: string; onModel: (id: string) => void }) {
  const answer = useAnswer<Drift>(model === '' ? null : `/api/datasets/${dataset}/checks/drift?model=${encodeURIComponent(model)}`)
  return (
    <Section title="Drift against a model’s training data" aside={(
      <Select aria-label="Model" value={model} onChange={(event) => onModel(event.target.value)}>
        <option value="">Choose a model</option>
        {models.map(({ id, name, isDefault }) => <option key={id} value={id}>{name}{isDefault ? ' (default)' : ''}</option>)}
      </Select>
    )}>
      {model === '' ? <p className="text-dim">Choose a model to see which values of this log it was never trained on. All lines are read for it, which takes a few seconds for each 10,000.</p> : null}
      {answer.error ? <Notice tone="bad">{answer.error}</Notice> : null}
      {model !== '' && answer.busy && !answer.error ? <div role="status" aria-label="Reading all lines" className="skeleton h-48" /> : null}
      {model !== '' && answer.value && !answer.busy ? <Table drift={answer.value} /> : null}
    </Section>
  )
}

function Table({ drift }: { drift: Drift }) {
  const moved = drift.features.filter((feature) => feature.unseen > 0)
  return (
    <>
      <p className="mb-2 max-w-[100ch]">{drift.model.name} was trained on {formatCount(drift.model.lines)} lines of <LogText text={drift.model.data} limit={80} />. {moved.length === 0 ? `Every value of the ${drift.features.length} features it reads is known to it.` : `${formatShare(drift.touched)} of ${plural(drift.rows, 'row')} here have a value that it reads as unknown, in ${plural(moved.length, 'feature')} of ${drift.features.length}.`}</p>
      {moved.length > 0 ? (
        <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Drift by feature">
          <table className="w-full" aria-label="Drift by feature">
            <thead className="text-12 text-dim"><tr><th scope="col" className="px-3 py-1.5 text-left font-medium">Feature</th><th scope="col" className="px-3 py-1.5 text-right font-medium" colSpan={2}>Unseen</th><th scope="col" className="px-3 py-1.5 text-right font-medium">Rows</th><th scope="col" className="px-3 py-1.5 text-left font-medium">Commonest unseen values</th></tr></thead>
            <tbody>{moved.map((feature) => <Row key={feature.feature} feature={feature} />)}</tbody>
          </table>
        </div>
      ) : null}
      {moved.length > 0 && moved.length < drift.features.length ? <p className="mt-1.5 text-12 text-dim">In the other {drift.features.length - moved.length} features every value is known. What is missing (no value at all) is known to every model.</p> : null}
    </>
  )
}

function Row({ feature }: { feature: FeatureDrift }) {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="px-3 py-1.5 text-left font-mono text-12 font-normal">{feature.feature}</th>
      <td className="w-20 px-1 py-1.5"><Bar share={feature.unseenShare} /></td><td className="px-3 py-1.5 text-right whitespace-nowrap">{formatShare(feature.unseenShare)}</td><td className="px-3 py-1.5 text-right">{formatCount(feature.unseen)}</td>
      <td className="px-3 py-1.5 text-12">{feature.commonest.slice(0, 5).map(({ value, count }) => <span key={value} className="mr-3 inline-block max-w-80 truncate align-bottom"><LogText text={value === '' ? '(empty)' : value} limit={60} /> <span className="text-dim">{formatCount(count)}</span></span>)}{feature.distinctUnseen > 5 ? <span className="text-dim">and {formatCount(feature.distinctUnseen - 5)} more</span> : null}</td>
    </tr>
  )
}
