import { visibleText } from '@/lib/contexts/visible-text'
import { asTable } from './as-table'
import { plainFigure } from './figure-text'
import type { Report, ReportItem, Summary, TableBody } from './report-types'

/** What the items need of a document that reads them in. */
const PACKAGES = '\\usepackage{booktabs,graphicx}\\usepackage[export]{adjustbox}'
/** Nothing may be wider than the column, or higher than a page leaves beside its caption. */
const ROOM = 'max width=\\linewidth,max totalheight=0.75\\textheight'

/**
 * A table as LaTeX with booktabs, deviations after ±; a figure as \includegraphics of its picture, without an ending, so that LaTeX takes what there is.
 * To be read in with \input; its second line names the packages it needs.
 */
export function itemLatex(report: Report, item: ReportItem, picture: string | null = null): string {
  const caption = [`${item.title}.`, item.caption, item.protocol].filter(Boolean).map(latexText).join(' ')
  const label = `${report.experiment}-${item.id}`
  const inner = picture === null || item.body.kind === 'table' ? tabular(asTable(item.body)) : `\\includegraphics[${ROOM}]{${picture}}`
  const float = picture === null || item.body.kind === 'table' ? 'table' : 'figure'
  const parts = float === 'table' ? [`\\caption{${caption}}`, `\\label{tab:${label}}`, inner] : [inner, `\\caption{${caption}}`, `\\label{fig:${label}}`]
  return [`% ${sourceLine(report)}`, `% ${PACKAGES}`, `\\begin{${float}}[htbp]`, '\\centering', ...parts, `\\end{${float}}`, ''].join('\n')
}

/** The whole report as a document that pdfLaTeX sets as it is. */
export function reportLatex(report: Report, picture: (item: ReportItem) => string | null = () => null): string {
  const findings = report.findings.map(({ title, measured, expected, verdict }) => `\\item ${latexText(`${title}: ${measured} (expected: ${expected}; ${verdict}).`)}`)
  const notes = report.notes.map((note) => `\\item ${latexText(note)}`)
  return [
    '\\documentclass{article}',
    '\\usepackage[T1]{fontenc}', '\\usepackage[a4paper,margin=25mm]{geometry}', PACKAGES,
    '\\begin{document}', '\\sloppy',
    `\\section{${latexText(report.title)}}`,
    `${latexText(report.question)} ${latexText(`Published: ${report.published.source}.`)}`, '',
    ...report.items.map((item) => itemLatex(report, item, picture(item))),
    ...(findings.length > 0 ? ['\\paragraph{Findings}', '\\begin{itemize}', ...findings, '\\end{itemize}'] : []),
    ...(notes.length > 0 ? ['\\paragraph{What differs, and why}', '\\begin{itemize}', ...notes, '\\end{itemize}'] : []),
    '\\end{document}', '',
  ].join('\n')
}

function tabular({ heads, columns, rows }: TableBody): string {
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`
  return [
    `\\begin{adjustbox}{${ROOM}}`,
    `\\begin{tabular}{${heads.map(() => 'l').join('')}${columns.map(() => 'r').join('')}}`,
    '\\toprule',
    line([...heads.map((head) => stacked('l', head)), ...columns.map(({ title }) => stacked('r', title))]),
    '\\midrule',
    ...rows.map(({ head, cells }) => line([...head.map((value) => latexText(String(value))), ...cells.map((cell, index) => (cell ? latexFigure(columns[index]?.measure ?? '', cell) : ''))])),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{adjustbox}',
  ].join('\n')
}

const HEAD_LETTERS = 14

/** The head of a column over several lines: tables are as wide as their figures, not as their titles. */
function stacked(side: 'l' | 'r', title: string): string {
  const lines: string[] = []
  for (const word of title.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < HEAD_LETTERS) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length < 2 ? latexText(title) : `\\shortstack[${side}]{${lines.map(latexText).join('\\\\')}}`
}

function latexFigure(measure: string, { mean, deviation }: Summary): string {
  const figure = (value: number): string => plainFigure(measure, value).replaceAll(',', '{,}').replace('–', '--')
  return deviation === null ? `$${figure(mean)}$` : `$${figure(mean)} \\pm ${figure(deviation)}$`
}

function sourceLine({ experiment, runs, source }: Report): string {
  const said = source ? `${runs} runs, scale ${source.scale}, data set ${source.dataset.name} version ${source.dataset.version} sha256 ${source.dataset.sha256 ?? '-'}, launch ${source.launch}, ${source.at}` : 'no run yet'
  return visibleText(`auditweave ${experiment}: ${said}`).replace(/[^ -~]/g, '?')
}

const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '$': '\\$', '&': '\\&', '#': '\\#', '%': '\\%', '_': '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}',
  '<': '\\textless{}', '>': '\\textgreater{}', '|': '\\textbar{}', '"': '\'\'', '`': '\\textasciigrave{}', '±': '\\ensuremath{\\pm}', '×': '\\ensuremath{\\times}', '−': '\\ensuremath{-}', '–': '--', '’': '\'', '…': '\\dots{}',
  '⁵': '\\textsuperscript{5}', '²': '\\textsuperscript{2}', '³': '\\textsuperscript{3}',
}

/** Text that LaTeX prints as it is. Names come out of a log: a sign beyond Latin-1 is named, as not every font has it. */
export function latexText(text: string): string {
  return visibleText(text).replace(/[\\{}$&#%_~^<>|"`]|[^ -~]/gu, (sign) => SIGNS[sign] ?? (/^[\u00a1-\u00ff]$/.test(sign) ? sign : `\\texttt{U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`))
}
