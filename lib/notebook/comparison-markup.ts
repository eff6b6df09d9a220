import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { findMeasure } from '@/lib/experiments/measures'
import { figureText } from '@/lib/experiments/report/figure-text'
import { countText } from './count-text'
import { markupTable } from './markup-table'
import type { LinePair, OutputOf } from './result'

type Comparison = OutputOf<'comparison'>

/** Runs side by side, and what can be said of two of them on the same lines. */
export function comparisonMarkup(comparison: Comparison): readonly Markup[] {
  if (comparison.runs.length === 0) return [el('p', { class: 'dim' }, 'Nothing to compare: no run is done yet. Run this cell again when one is.')]
  const more = comparison.more > 0 ? [el('p', { class: 'dim' }, `The first ${comparison.runs.length} runs are compared; ${countText(comparison.more)} more are done.`)] : []
  return [figuresTable(comparison), ...more, ...linesMarkup(comparison)]
}

function figuresTable(comparison: Comparison): MarkupElement {
  const head = [['figure'] as const, ...comparison.runs.map((run) => [safeText(`#${run.number} ${run.label}`, 80), 'figure'] as const)]
  return markupTable('Comparison', head, comparison.rows.map((row): readonly Markup[] => {
    const measure = findMeasure(row.measure)
    const known = row.values.filter((value) => value !== null)
    const best = !measure?.better || new Set(known).size < 2 ? null : measure.better === 'more' ? Math.max(...known) : Math.min(...known)
    return [measure?.title ?? safeText(row.measure, 60), ...row.values.map((value) => (value === null ? '–' : value === best ? el('b', {}, figureText(row.measure, value)) : figureText(row.measure, value)))]
  }))
}

function linesMarkup({ lines }: Comparison): readonly Markup[] {
  if (lines.length === 0) return [el('p', { class: 'dim' }, 'Line by line nothing can be said: it takes two runs that were trained and tested.')]
  const compared = lines.filter((pair) => pair.figures !== null)
  const said = lines.flatMap((pair) => [...(pair.reason === null ? [] : [`#${pair.a} and #${pair.b} are not compared line by line: ${pair.reason}`]), ...pair.warnings])
  return [...(compared.length > 0 ? [pairsTable(compared)] : []), ...[...new Set(said)].map((text) => el('p', { class: 'dim' }, safeText(text, 1000)))]
}

const HEAD = [['runs'], ['lines in common', 'figure'], ['tuple accuracy', 'figure'], ['difference, 95 % by lines', 'figure'], ['95 % by contexts', 'figure'], ['only one right', 'figure'], ['McNemar p', 'figure']] as const

function pairsTable(pairs: readonly LinePair[]): MarkupElement {
  return markupTable('The same lines, run against run', HEAD, pairs.map(({ a, b, ids, figures }): readonly Markup[] => {
    if (figures === null) return []
    const { lines, accuracy, byLines, byContexts, onlyA, onlyB, mcNemar } = figures
    return [
      el('a', { href: `/compare/lines?a=${ids[0]}&b=${ids[1]}`, class: 'link' }, `#${b} less #${a}`), countText(lines), `${share(accuracy[1])} less ${share(accuracy[0])}`,
      `${signed(byLines.value)} (${signed(byLines.low)} to ${signed(byLines.high)})`, `${signed(byContexts.low)} to ${signed(byContexts.high)}`, `${countText(onlyB)} to ${countText(onlyA)}`, mcNemar < 0.0001 ? '< .0001' : mcNemar.toFixed(4),
    ]
  }))
}

const share = (value: number): string => value.toFixed(4)
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
