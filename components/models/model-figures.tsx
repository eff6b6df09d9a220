import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatFigure, formatScore } from '@/components/format/number'
import { MEASURES, protocolText } from '@/components/runs/measures'
import { Section } from '@/components/ui/page'
import { formsOf, relatives } from './figure-columns'
import type { ModelCard } from './model-card'

/** A model's figures, those of its relatives under the other protocols beside them: one figure alone tells too little. */
export function ModelFigures({ card, others }: { card: ModelCard; others: readonly ModelCard[] }) {
  const beside = relatives(card, others)
  const columns = [...formsOf(card.manifest.metrics).map((form) => ({ form, of: card })), ...beside.flatMap((of) => formsOf(of.manifest.metrics).slice(0, 1).map((form) => ({ form, of })))]
  const rows = rowsOf(formsOf(card.manifest.metrics).flatMap(({ values }) => Object.keys(values)))
  const protocols = [...new Set(columns.map(({ of }) => of.manifest.protocol.name))]
  return (
    <Section title="Figures" aside={protocols.length === 1 ? <span className="text-12 text-dim">No model of the same preset under another protocol yet; one protocol alone says little.</span> : null}>
      <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Figures of the model">
        <table className="w-full">
          <thead className="bg-panel text-12 text-dim">
            <tr>
              <th scope="col" className="px-3 py-2 text-left font-medium">On the test lines</th>
              {columns.map(({ form, of }, index) => <th key={`${of.id} ${form.name}`} scope="col" className="px-3 py-2 text-right font-medium" title={protocolText(of.manifest.protocol.name)}>{headOf(form.title, of, card, index)}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, hint, format }) => (
              <tr key={id} className="border-t border-line">
                <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap" title={hint}>{label}</th>
                {columns.map(({ form, of }) => <td key={`${of.id} ${form.name}`} className="px-3 py-1.5 text-right">{form.values[id] === undefined ? '–' : format(form.values[id])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 max-w-[100ch] text-12 text-dim">{protocols.map(protocolText).join('. ')}.</p>
    </Section>
  )
}

/** Rows of the figures that the model itself has: what only its family has leads, what has no name here comes last. */
function rowsOf(ids: readonly string[]): { id: string; label: string; hint: string; format: (value: number) => string }[] {
  const own = Object.entries(FURTHER).filter(([id]) => ids.includes(id)).map(([id, text]) => ({ id, ...text }))
  const known = MEASURES.filter(({ id }) => ids.includes(id) && !(id in FURTHER)).map(({ id, label, hint, format }) => ({ id, label, hint, format }))
  const named = new Set([...own, ...known].map(({ id }) => id))
  return [...own, ...known, ...[...new Set(ids)].filter((id) => !named.has(id)).map((id) => ({ id, label: id, hint: '', format: formatFigure }))]
}

function headOf(title: string, of: ModelCard, card: ModelCard, index: number): ReactNode {
  const { name } = of.manifest.protocol
  if (of !== card) return <Link className="link" href={`/models/${encodeURIComponent(of.id)}`}>{of.name}, {name}</Link>
  return <span className={index === 0 ? 'font-semibold text-ink' : ''}>{title}, {name}</span>
}

/** Figures that only the linked family has. */
const FURTHER: Readonly<Record<string, { label: string; hint: string; format: (value: number) => string }>> = {
  contextAccuracy: { label: 'Accuracy, lines of contexts', hint: 'Share of the lines that belong to a context with the right label, network alone', format: formatScore },
  linksAccuracy: { label: 'Accuracy, links alone', hint: 'Share of the lines of contexts that linking rules give the right label, without a network', format: formatScore },
  validationAccuracy: { label: 'Accuracy in validation', hint: 'Share of label parts right on the windows that early stopping looks at', format: formatScore },
  roleAccuracy: { label: 'Role accuracy', hint: 'Share of lines told rightly as following from an action or not', format: formatScore },
}
