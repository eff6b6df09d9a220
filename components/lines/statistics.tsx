import type { ComparedFigure } from '@/lib/experiments/compare/bootstrap'
import type { Comparison } from '@/lib/experiments/compare/comparison'
import type { Interval } from '@/lib/model/metrics/interval'
import { formatCount, formatScore } from '@/components/format/number'
import { signedText, pText } from './figure-text'

/** Both over whole labels: all five parts right. */
const FIGURES = [['accuracy', 'Accuracy'], ['macroF1', 'Macro F1']] as const

/** Both runs' figures on the common lines with what their resamples span, drawn by lines and by contexts. */
export function Statistics({ comparison }: { comparison: Comparison }) {
  const { byLines, byContexts, mcNemar, kappa, counts } = comparison
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label="Statistics">
      <table className="w-full min-w-140">
        <thead className="text-12 text-dim">
          <tr>{['', 'drawn by', 'A', 'B', 'B less A', 'p'].map((name) => <th key={name} scope="col" className="border-b border-line px-2 py-1 text-left font-medium whitespace-nowrap">{name === '' ? <span className="sr-only">Figure</span> : name}</th>)}</tr>
        </thead>
        <tbody>
          {FIGURES.flatMap(([key, title]) => [
            <FigureRow key={`${key} lines`} title={title} drawn="lines" figure={byLines[key]} />,
            <FigureRow key={`${key} contexts`} title="" drawn="contexts" figure={byContexts[key]} />,
          ])}
        </tbody>
      </table>
      <p className="mt-2 text-12 text-dim">
        In brackets: 95 % intervals of a paired bootstrap of {formatCount(byLines.resamples)} resamples. Figures are of whole labels. Lines of one context stand or fall together, so that drawing {formatCount(byContexts.units)} contexts and single lines whole is the more careful of the two{byContexts.evenUnits < byContexts.units / 2 ? `; they are so unequal that they count as ${formatCount(byContexts.evenUnits)} equal ones` : ''}.
      </p>
      <p className="mt-1 text-12 text-dim">
        McNemar’s test on the {formatCount(counts.a + counts.b)} lines that one alone has right: exact p {pText(mcNemar.exact)}; with continuity correction χ² = {mcNemar.statistic.toFixed(2)}, p {pText(mcNemar.corrected)}. It takes lines for independent.
        {' '}Agreement of A’s labels with B’s: Cohen’s κ = {formatScore(kappa)}.
      </p>
    </div>
  )
}

function FigureRow({ title, drawn, figure }: { title: string; drawn: string; figure: ComparedFigure }) {
  return (
    <tr className={title ? 'border-t border-line' : ''}>
      <th scope="row" className="px-2 py-1 text-left font-medium whitespace-nowrap">{title || <span className="sr-only">the same</span>}</th>
      <td className="px-2 text-dim">{drawn}</td>
      <td className="px-2 whitespace-nowrap"><Spanned interval={figure.a} format={formatScore} /></td>
      <td className="px-2 whitespace-nowrap"><Spanned interval={figure.b} format={formatScore} /></td>
      <td className="px-2 whitespace-nowrap"><Spanned interval={figure.difference} format={signedText} /></td>
      <td className="px-2 whitespace-nowrap">{pText(figure.difference.p)}</td>
    </tr>
  )
}

function Spanned({ interval, format }: { interval: Interval; format: (value: number) => string }) {
  return <><b className="font-semibold">{format(interval.value)}</b> <span className="text-dim">[{format(interval.low)}, {format(interval.high)}]</span></>
}
