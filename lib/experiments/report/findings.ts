import { measureOf } from '../measures'
import type { AxisValue } from '../points'
import { axisHead, valueTitle } from './axis-text'
import { valuesOf, type ReportContext } from './context'
import { figureText, plainFigure } from './figure-text'
import type { Finding, Summary } from './report-types'
import { select, selectPublished, type Where } from './select'
import { spearman } from './statistics'
import { publishedSummary, summarise } from './summary'
import { classesBody } from './view-classes'
import type { Check } from './views'

type Of<K extends Check['kind']> = Extract<Check, { kind: K }>

/** What came of a check, with its numbers; open where the runs that it needs are missing. */
export function findingOf(context: ReportContext, check: Check): Finding {
  switch (check.kind) {
    case 'within': return within(context, check)
    case 'rank': return rank(context, check)
    case 'trend': return trend(context, check)
    case 'above': return above(context, check)
    case 'weight': return weight(context, check)
  }
}

interface Place { readonly at: AxisValue; readonly ours: Summary | null; readonly published: Summary | null }

function placesOf(context: ReportContext, { measure, axis, where = {} }: { measure: string; axis: string; where?: Where | undefined }): Place[] {
  const [found, paper] = [select(context.observations, measure, where, [axis]), selectPublished(context.published, measure, where, [axis])]
  return valuesOf(context, axis, [...found, ...paper]).map((at) => ({
    at,
    ours: summarise(found.filter(({ axes }) => axes[axis] === at), measure),
    published: publishedSummary(paper.filter(({ axes }) => axes[axis] === at), measure),
  }))
}

function whereText(where: Where | undefined): string {
  const parts = Object.entries(where ?? {}).map(([axis, value]) => (typeof value === 'object' ? value.map((one) => valueTitle(axis, one)).join(' or ') : valueTitle(axis, value)))
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}

function within(context: ReportContext, check: Of<'within'>): Finding {
  const { measure, axis, from, deviations } = check
  const places = placesOf(context, check).filter(({ at, published }) => published?.deviation != null && (from === undefined || Number(at) >= from))
  const judged = places.flatMap(({ at, ours, published }) => (ours && published?.deviation ? [{ at, ours, off: (ours.mean - published.mean) / published.deviation }] : []))
  const outside = judged.filter(({ off }) => Math.abs(off) > deviations)
  const told = judged.map(({ at, ours, off }) => `${plainFigure(measure, ours.mean)} at ${at} (${off >= 0 ? '+' : '−'}${Math.abs(off).toFixed(1)} deviations)`)
  return {
    title: `${measureOf(measure).title} within the published mean ± ${deviations} deviations${from === undefined ? '' : `, ${axisHead(axis)} from ${from}`}${whereText(check.where)}`,
    measured: judged.length === 0 ? 'no run yet' : `${judged.length - outside.length} of ${places.length} places: ${told.join(', ')}`,
    expected: `all ${places.length} places`,
    verdict: outside.length > 0 ? 'fails' : places.length > 0 && judged.length === places.length ? 'holds' : 'open',
  }
}

function rank(context: ReportContext, check: Of<'rank'>): Finding {
  const pairs = placesOf(context, check).flatMap(({ ours, published }) => (ours && published ? [[ours.mean, published.mean] as const] : []))
  return correlation(spearman(pairs), pairs.length, check.atLeast, `${measureOf(check.measure).title} ranks as published over ${axisHead(check.axis)}${whereText(check.where)}`)
}

function trend(context: ReportContext, check: Of<'trend'>): Finding {
  const pairs = placesOf(context, check).flatMap(({ at, ours }) => (ours && typeof at === 'number' ? [[ours.mean, at] as const] : []))
  const rho = spearman(pairs)
  const signed = rho === null || check.direction === 'rises' ? rho : -rho
  return correlation(signed, pairs.length, check.atLeast, `${measureOf(check.measure).title} ${check.direction} with ${axisHead(check.axis)}${whereText(check.where)}`)
}

function correlation(rho: number | null, places: number, atLeast: number, title: string, what = 'place'): Finding {
  return {
    title,
    measured: rho === null ? `${places} ${what}${places === 1 ? '' : 's'}, three that differ are needed` : `rank correlation ${rho.toFixed(2)} over ${places} ${what}s`,
    expected: `at least ${atLeast.toFixed(2)}`,
    verdict: rho === null ? 'open' : rho >= atLeast ? 'holds' : 'fails',
  }
}

function above({ observations }: ReportContext, { measure, better, worse, by }: Of<'above'>): Finding {
  const [high, low] = [better, worse].map((where) => summarise(select(observations, measure, where, []), measure))
  const gap = high && low ? high.mean - low.mean : null
  return {
    title: `${measureOf(measure).title}: ${whereText(better).slice(2)} above ${whereText(worse).slice(2)}`,
    measured: gap === null || !high || !low ? 'runs are missing' : `${plainFigure(measure, high.mean)} against ${plainFigure(measure, low.mean)}, ${gap >= 0 ? '+' : '−'}${figureText(measure, Math.abs(gap))}`,
    expected: `at least ${figureText(measure, by)} above`,
    verdict: gap === null ? 'open' : gap >= by ? 'holds' : 'fails',
  }
}

function weight(context: ReportContext, { atLeast, where }: Of<'weight'>): Finding {
  const marks = classesBody(context, { kind: 'classes', id: 'weight', title: '', where }).body.series.flatMap((series) => series.marks)
  const title = `Accuracy of labels rises with their weight${whereText(where)}`
  return { ...correlation(spearman(marks.map(({ x, y }) => [x, y] as const)), marks.length, atLeast, title, 'label'), ...(marks.length === 0 ? { measured: 'no run yet' } : {}) }
}
