import { measureOf } from '../measures'
import type { ExperimentSpec } from '../spec/experiment-spec'
import { reportContext, type ReportContext } from './context'
import { findingOf } from './findings'
import type { Observation } from './observation'
import { protocolText } from './protocol-text'
import type { Report, ReportBody, ReportItem } from './report-types'
import type { ReportSource, RunRecord } from './run-record'
import { barsBody } from './view-bars'
import { classesBody } from './view-classes'
import { heatBody } from './view-heat'
import { linesBody } from './view-lines'
import { roundsBodies } from './view-rounds'
import { stripsBody } from './view-strips'
import { tableBody } from './view-table'
import { trialsBodies } from './view-trials'
import type { View } from './views'

/** Folds finished runs into the experiment's tables, figures and findings. Without runs it shows the published figures alone. */
export function buildReport(spec: ExperimentSpec, runs: readonly RunRecord[], source: ReportSource | null): Report {
  const context = reportContext(spec, runs)
  return {
    experiment: spec.name, title: spec.title, question: spec.question, reproduces: spec.reproduces,
    source,
    runs: runs.length,
    published: { source: spec.published.source },
    items: spec.views.flatMap((view) => itemsOf(context, view)),
    findings: spec.checks.map((check) => findingOf(context, check)),
    notes: spec.notes,
  }
}

/** Most views are one item; a search and an elimination are a table and the course of the best. */
function itemsOf(context: ReportContext, view: View): ReportItem[] {
  const item = (body: ReportBody, used: readonly Observation[]): ReportItem => plainItem(context, view, body, runsOf(used))
  switch (view.kind) {
    case 'table': { const { body, used } = tableBody(context, view); return [item(body, used)] }
    case 'lines': { const { body, used } = linesBody(context, view); return [item(body, used)] }
    case 'heat': { const { body, used } = heatBody(context, view); return [item(body, used)] }
    case 'strips': { const { body, used } = stripsBody(context, view); return [item(body, used)] }
    case 'bars': { const { body, used } = barsBody(context, view); return [item(body, used)] }
    case 'classes': { const { body, used } = classesBody(context, view); return [plainItem(context, view, body, used)] }
    case 'trials': {
      const { table, best, used } = trialsBodies(context, view)
      return [plainItem(context, view, best, used), { ...plainItem(context, view, table, used), id: `${view.id}-table`, title: `${view.title}: every trial`, caption: 'One row a trial, where it ended; the best first. Validation accuracy decides.' }]
    }
    case 'rounds': {
      const { table, course, used } = roundsBodies(context, view)
      return [item(course, used), { ...item(table, used), id: `${view.id}-table`, title: `${view.title}: every round`, caption: `Each round leaves every remaining candidate out by itself and drops the one without which ${measureOf(view.measure).title} is best.` }]
    }
  }
}

function plainItem({ spec }: ReportContext, view: View, body: ReportBody, runs: readonly RunRecord[]): ReportItem {
  return { id: view.id, title: view.title, caption: view.caption ?? captionOf(view), protocol: protocolText(spec, runs), body }
}

/** What is counted, where the view says nothing itself. */
function captionOf(view: View): string {
  const measures = view.kind === 'table' ? view.columns.map(({ measure }) => measure) : 'measure' in view ? [view.measure] : []
  return [...new Set(measures)].map((key) => measureOf(key)).filter(({ hint }) => hint !== '').map(({ title, hint }) => `${title}: ${hint.charAt(0).toLowerCase()}${hint.slice(1)}.`).join(' ')
}

function runsOf(used: readonly Observation[]): RunRecord[] {
  return [...new Set(used.flatMap(({ run }) => run ?? []))]
}
