'use client'
import type { ReportBody, ReportItem } from '@/lib/experiments/report/report-types'
import { BarsPlot } from '@/components/charts/bars-plot'
import { Figure, type FigureTexts } from '@/components/charts/figure'
import { HeatPlot } from '@/components/charts/heat-plot'
import { ScatterPlot } from '@/components/charts/scatter-plot'
import { SeriesPlot } from '@/components/charts/series-plot'
import { StripsPlot } from '@/components/charts/strips-plot'
import { describeBody, itemData } from './item-data'
import { ReportTable } from './report-table'
import { TrialsPlot } from './trials-plot'

/** One table or figure of a report with its protocol, its data and its exports at hand; of the trials of a search parallel coordinates besides. */
export function ReportItemView({ item, texts = {}, trials = false }: { item: ReportItem; texts?: FigureTexts; trials?: boolean }) {
  const note = <>{item.protocol}{item.caption ? <span className="mt-0.5 block">{item.caption}</span> : null}</>
  return (
    <Figure id={item.id} title={item.title} note={note} data={itemData(item.body)} texts={texts} drawn={item.body.kind !== 'table'}>
      {trials && item.body.kind === 'table' ? <TrialsPlot body={item.body} /> : null}
      <BodyView body={item.body} title={item.title} />
    </Figure>
  )
}

function BodyView({ body, title }: { body: ReportBody; title: string }) {
  const description = `${title}. ${describeBody(body)}.`
  switch (body.kind) {
    case 'table': return <ReportTable body={body} label={title} />
    case 'lines': return <SeriesPlot body={body} description={description} />
    case 'heat': return <HeatPlot body={body} description={description} />
    case 'strips': return <StripsPlot body={body} description={description} />
    case 'bars': return <BarsPlot body={body} description={description} />
    case 'scatter': return <ScatterPlot body={body} description={description} />
  }
}
