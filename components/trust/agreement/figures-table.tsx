import type { ReactNode } from 'react'
import type { AgreementReport, PairAgreement, PartAgreement } from '@/lib/labelling/agreement/measure'
import type { Figure } from '@/lib/labelling/agreement/resample'
import { formatCount, plural } from '@/components/format/number'
import { figureText, PART_NAMES } from '../part-text'

const HEAD = 'px-3 py-1.5 text-right font-medium whitespace-nowrap'
const FIRST = 'px-3 py-1.5 text-left font-medium'
const CELL = 'px-3 py-1.5 text-right whitespace-nowrap'

function Value({ figure }: { figure: Figure }) {
  const [value, range] = figureText(figure).split(' [')
  return <td className={CELL}><b className="font-semibold">{value}</b>{range ? <> <span className="text-12 text-dim">[{range}</span></> : null}</td>
}

/** Agreement of all people, part by part. */
export function PeopleTable({ report }: { report: AgreementReport }) {
  return (
    <Scrolled label="Agreement of all">
      <thead className="text-12 text-dim"><tr><th scope="col" className={FIRST}>Part</th><th scope="col" className={HEAD}>Requests</th><th scope="col" className={HEAD}>Same</th><th scope="col" className={HEAD}>Fleiss’ κ</th><th scope="col" className={HEAD}>Krippendorff’s α</th></tr></thead>
      <tbody>{report.parts.map((part) => <PeopleRow key={part.part} part={part} />)}</tbody>
    </Scrolled>
  )
}

function PeopleRow({ part }: { part: PartAgreement }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-3 py-1.5 text-left font-normal">{PART_NAMES[part.part]}{part.classes === 1 ? <span className="ml-2 text-12 text-warn">one class only: κ and α say nothing</span> : null}</th>
      <td className={CELL} title={`${formatCount(part.complete)} of them by everybody, which Fleiss’ κ is over`}>{formatCount(part.units)}</td>
      <Value figure={part.percent} /><Value figure={part.fleiss} /><Value figure={part.alpha} />
    </tr>
  )
}

/** Agreement of two sides, part by part. */
export function PairTable({ pairs }: { pairs: readonly PairAgreement[] }) {
  return (
    <Scrolled label="Agreement of the two">
      <thead className="text-12 text-dim"><tr><th scope="col" className={FIRST}>Part</th><th scope="col" className={HEAD}>Requests</th><th scope="col" className={HEAD}>Same</th><th scope="col" className={HEAD}>Cohen’s κ</th></tr></thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.part} className="border-t border-line">
            <th scope="row" className="px-3 py-1.5 text-left font-normal">{PART_NAMES[pair.part]}</th><td className={CELL}>{formatCount(pair.units)}</td><Value figure={pair.percent} /><Value figure={pair.kappa} />
          </tr>
        ))}
      </tbody>
    </Scrolled>
  )
}

function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label={label}><table className="w-full" aria-label={label}>{children}</table></div>
}

/** How the intervals were made. */
export function IntervalNote({ report }: { report: AgreementReport }) {
  return <p className="mt-1.5 text-12 text-dim">Brackets are {Math.round(report.level * 100)} % intervals over {formatCount(report.resamples)} resamples of {plural(report.groups, 'group')} (requests of one context stand or fall together and are drawn together), seed {report.seed}.</p>
}
