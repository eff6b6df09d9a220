'use client'
import { visibleText } from '@/components/format/visible'
import type { Cell } from '@/lib/notebook/cell'
import { timelineFigure } from '@/lib/notebook/figure'
import { isDrawable, madeOfText, outputMarkup, plotDrawing } from '@/lib/notebook/output-markup'
import type { CellResult, Output, OutputOf } from '@/lib/notebook/result'
import { Figure, type FigureData } from '@/components/charts/figure'
import { VerbsPlot } from '@/components/charts/verbs-plot'
import { ReportItemView } from '@/components/experiments/report/report-item'
import { plural } from '@/components/format/number'
import { LaunchOutput } from './launch-output'
import { MarkupView } from './markup-view'

/** What came out of a cell, and below it what it was made of. */
export function CellOutput({ cell, result, onChanged }: { cell: Cell; result: CellResult; onChanged: () => void }) {
  const { output, error } = result
  return (
    <>
      {error ? <p role="alert" className="rounded-md border border-line bg-bad-bg px-3 py-2 font-mono text-12 whitespace-pre-wrap text-bad">{visibleText(error.message)}</p> : null}
      {output ? <OutputView cell={cell} output={output} onChanged={onChanged} /> : null}
      <p className="mt-2 text-12 text-dim">{madeOfText(result)}</p>
    </>
  )
}

function OutputView({ cell, output, onChanged }: { cell: Cell; output: Output; onChanged: () => void }) {
  if (output.kind === 'launch') return <LaunchOutput cell={cell.id} launch={output} onChanged={onChanged} />
  if (output.kind === 'plot') return <PlotOutput id={cell.id} plot={output} />
  if (output.kind === 'answer' && cell.kind === 'query' && cell.view !== 'table') return <AnswerPicture id={cell.id} answer={output} view={cell.view} />
  return <MarkupView markup={outputMarkup(cell, output)} />
}

function PlotOutput({ id, plot }: { id: string; plot: OutputOf<'plot'> }) {
  if (plot.overTime) return <Figure id={id} title={plot.title} data={timeData(plot.overTime)}><VerbsPlot overTime={plot.overTime} description={plot.title} /></Figure>
  if (plot.bars.length > 0) return <Figure id={id} title={plot.title} note={`counted by ${plot.y}`} data={{ header: [plot.y, plot.x], rows: plot.bars.map((bar) => [bar.value, bar.count]) }}><MarkupView markup={[plotDrawing(plot)]} /></Figure>
  if (!plot.body || !isDrawable(plot.body)) return <MarkupView markup={[plotDrawing(plot)]} />
  return <ReportItemView item={{ id, title: plot.title, caption: '', protocol: plot.protocol, body: plot.body }} />
}

function timeData(overTime: NonNullable<OutputOf<'plot'>['overTime']>): FigureData {
  return { header: ['from (UTC)', ...overTime.verbs], rows: overTime.counts.map((counts, index) => [new Date((overTime.fromMicros + index * overTime.stepMicros) / 1000).toISOString(), ...counts]) }
}

function AnswerPicture({ id, answer, view }: { id: string; answer: OutputOf<'answer'>; view: 'timeline' | 'chart' }) {
  const said = `${plural(answer.total, answer.of === 'contexts' ? 'context' : 'event')} ${answer.total === 1 ? 'matches' : 'match'} in ${answer.dataset}`
  if (answer.total === 0 || !answer.overTime) return <p>{said}.</p>
  if (view === 'chart') return <Figure id={id} title={said} data={timeData(answer.overTime)}><VerbsPlot overTime={answer.overTime} description={said} /></Figure>
  const rows = answer.points.map((point) => [point.micros === null ? null : new Date(point.micros / 1000).toISOString(), point.user, point.verb, point.kind, point.object, point.code])
  return (
    <Figure id={id} title={said} note={answer.points.length < answer.total ? `the first ${answer.points.length} are drawn` : undefined} data={{ header: ['time (UTC)', 'user', 'verb', 'kind', 'object', 'code'], rows }}>
      <MarkupView markup={[timelineFigure(answer.points, answer.of)]} />
    </Figure>
  )
}
