'use client'
import { useEffect, useMemo, useRef } from 'react'
import type { Cell } from '@/lib/notebook/cell'
import { timelineFigure } from '@/lib/notebook/figure'
import { madeOfText, outputMarkup, plotDrawing } from '@/lib/notebook/output-markup'
import type { CellResult, OutputOf } from '@/lib/notebook/result'
import { Figure, type FigureData } from '@/components/charts/figure'
import { LinePlot } from '@/components/charts/line-plot'
import { seriesLook } from '@/components/charts/palette'
import { toFigureData } from '@/components/charts/plot-data'
import type { PlotSeries } from '@/components/charts/plot-types'
import { VerbsPlot } from '@/components/charts/verbs-plot'
import { plural } from '@/components/format/number'
import { useLive, useLiveMessage } from '@/components/live/use-live'
import { progressShare } from '@/components/runs/run-line'
import { Meter } from '@/components/ui/meter'
import { MarkupView } from './markup-view'

/** What came out of a cell, and below it what it was made of. */
export function CellOutput({ cell, result, onChanged }: { cell: Cell; result: CellResult; onChanged: () => void }) {
  const { output, error } = result
  return (
    <>
      {error ? <p role="alert" className="rounded-md border border-line bg-bad-bg px-3 py-2 font-mono text-12 whitespace-pre-wrap text-bad">{error.message}</p> : null}
      {output?.kind === 'launch' ? <LaunchLive launch={output} onChanged={onChanged} /> : null}
      {output?.kind === 'plot' ? <PlotOutput id={cell.id} plot={output} /> : output?.kind === 'answer' && cell.kind === 'query' && cell.view !== 'table' ? <AnswerPicture id={cell.id} answer={output} view={cell.view} /> : output ? <MarkupView markup={outputMarkup(cell, output)} /> : null}
      <p className="mt-2 text-12 text-dim">{madeOfText(result)}</p>
    </>
  )
}

function PlotOutput({ id, plot }: { id: string; plot: OutputOf<'plot'> }) {
  const series = useMemo(() => plotSeries(plot), [plot])
  if (plot.overTime) return <Figure id={id} title={plot.title} data={timeData(plot.overTime)}><VerbsPlot overTime={plot.overTime} description={plot.title} /></Figure>
  if (plot.bars.length > 0) return <Figure id={id} title={plot.title} note={`counted by ${plot.y}`} data={{ header: [plot.y, plot.x], rows: plot.bars.map((bar) => [bar.value, bar.count]) }}><MarkupView markup={[plotDrawing(plot)]} /></Figure>
  const ticks = [...new Set(plot.series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b)
  return (
    <Figure id={id} title={plot.title} data={toFigureData(series, plot.x, plot.y)}>
      <LinePlot series={series} x={{ label: plot.x, ...(ticks.length > 1 && ticks.length <= 12 ? { ticks } : {}) }} y={{ label: plot.y }} labelWidth={140} description={`${plot.title}: ${plot.y} over ${plot.x}.`} />
    </Figure>
  )
}

function plotSeries(plot: OutputOf<'plot'>): PlotSeries[] {
  return plot.series.map((one, index) => ({
    key: `s${index}`, label: one.label, ...seriesLook(index), ...(one.published ? { color: 'var(--color-ink)', marker: 'hollow' as const, dash: '5 4' } : {}),
    points: one.points.map((point) => ({ ...point, values: point.values.map((value) => ({ value: value.value, label: value.label, href: value.run ? `/runs/${value.run}` : null })) })),
  }))
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

const GATHER_MS = 1200

/** How far the launch is, while it goes on; the cell is read anew when one of its runs ends. */
function LaunchLive({ launch, onChanged }: { launch: OutputOf<'launch'>; onChanged: () => void }) {
  const { active } = useLive()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => {
    if (timer.current) clearTimeout(timer.current)
  }, [])
  useLiveMessage('run', (run) => {
    const known = launch.runs.find((one) => one.id === run.id)
    if (run.experimentId !== launch.id || known?.state === run.state) return
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(onChanged, GATHER_MS)
  })
  const open = launch.runs.filter((run) => run.state === 'queued' || run.state === 'running')
  if (open.length === 0) return null
  const done = launch.runs.length - open.length
  const share = (done + active.filter((run) => run.experimentId === launch.id).reduce((sum, run) => sum + (progressShare(run.progress) ?? 0), 0)) / launch.runs.length
  return (
    <div className="mb-2" aria-live="polite">
      <p className="mb-1 text-12 text-dim">{done} of {plural(launch.runs.length, 'run')} ended; the others run or wait for a worker.</p>
      <Meter share={share} label={`Progress of ${launch.title}`} />
    </div>
  )
}
