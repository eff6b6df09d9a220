import type { Report, ReportPoint, ReportRow } from './report'
import type { SearchCurve, SearchReport, TrialRow } from './search/search-report'

const HEAD = ['W', 'paper: F1', 'paper protocol: F1', 'blocked: F1', 'paper protocol: accuracy', 'blocked: accuracy', 'paper: train s', 'ours: train s', 'paper: ms/line', 'ours: ms/line']

/** The report's table as Markdown: published figures beside ours, every column under its protocol; of a search its trials. */
export function reportMarkdown(report: Report): string {
  if (report.search) return searchMarkdown(report, report.search)
  const rows = report.rows.map(cells)
  const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
  const rank = report.rankCorrelation === null ? [] : ['', `Rank correlation of our F1 under the paper's protocol with the published column: ${report.rankCorrelation.toFixed(2)}.`]
  return [`# ${report.title}`, '', `${report.runs} runs. F1 is macro-averaged over the values of the label parts, at window positions; accuracy counts a line when all five parts are right, after the vote.`, '', ...lines, ...rank, '', ...report.notes.map((note) => `- ${note}`), ''].join('\n')
}

function cells(row: ReportRow): string[] {
  const { paper, blocked } = row.measures
  const published = row.published
  return [
    String(row.window),
    published ? `${published.f1.toFixed(4)} ± ${published.f1Sd.toFixed(4)}` : '',
    figure(paper.windowF1, 4),
    figure(blocked.windowF1, 4),
    figure(paper.lineAccuracy, 4),
    figure(blocked.lineAccuracy, 4),
    published ? published.seconds.toFixed(0) : '',
    figure(paper.trainSeconds ?? blocked.trainSeconds, 1),
    published?.inferMillis ? published.inferMillis.toFixed(1) : '',
    figure(paper.inferMillis ?? blocked.inferMillis, 3),
  ]
}

function figure(point: ReportPoint | null, digits: number): string {
  if (!point) return ''
  return point.deviation === null ? point.mean.toFixed(digits) : `${point.mean.toFixed(digits)} ± ${point.deviation.toFixed(digits)}`
}

const TRIAL_HEAD = ['search', 'trial', 'rung', 'units 1 (x F)', 'units 2 (x F)', 'dropout', 'learning rate', 'epochs', 'validation accuracy', 'test lines: accuracy', 'train s']

function searchMarkdown(report: Report, { trials, curves }: SearchReport): string {
  const table = [TRIAL_HEAD, TRIAL_HEAD.map(() => '---'), ...trials.map(trialCells)].map((row) => `| ${row.join(' | ')} |`)
  const about = `${report.runs} runs, ${trials.length} trials. Validation accuracy is over label parts and decides; accuracy counts a test line when all five parts are right.`
  return [`# ${report.title}`, '', about, '', ...table, '', ...curves.flatMap(curveText), ...report.notes.map((note) => `- ${note}`), ''].join('\n')
}

function trialCells(row: TrialRow): string[] {
  const numbers = [row.trial, row.rung, row.unitsFirst, row.unitsSecond, row.dropout, row.learningRate, row.epochs].map(String)
  return [row.search, ...numbers, row.score.toFixed(4), row.lineAccuracy.toFixed(4), row.trainSeconds.toFixed(1)]
}

function curveText({ search, best }: SearchCurve): string[] {
  return [`Best so far, ${search}: ${best.map(({ epochs, score, trial }) => `${score.toFixed(4)} after ${epochs} epochs (trial ${trial})`).join(', ')}.`, '']
}
