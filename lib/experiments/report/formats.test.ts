import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildReport } from './build-report'
import { itemCsv } from './csv'
import { itemLatex, latexText, reportLatex } from './latex'
import { markdownText, reportMarkdown } from './markdown'
import type { Report } from './report-types'
import { MADE_UP_SOURCE, madeUpRun, specOf } from './testing'

const run = (number: number, protocol: string, seed: number, f1: number) => madeUpRun(number, { window: 20, protocol, seed }, { metrics: { windowPartsF1: f1, lineAccuracy: 0.5 }, timings: { trainSeconds: 1234.5 } })
const report = buildReport(specOf('window-size'), [run(7, 'paper', 1, 0.9), run(8, 'paper', 2, 0.94), run(9, 'blocked', 1, 0.6)], MADE_UP_SOURCE)
const item = (id: string, of: Report = report) => {
  const found = of.items.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

const anyText = fc.array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x2fff }))).map((points) => String.fromCodePoint(...points))

/** RFC 4180, read back. */
function parseCsv(text: string): string[][] {
  return text.split('\r\n').slice(0, -1).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
}

describe('CSV', () => {
  it('has every value with its run and its data', () => {
    const [head, ...rows] = parseCsv(itemCsv(report, item('f1')))
    expect(head?.join('|')).toBe('Window (lines)|series|published|value|mean|deviation|run|seed|run id|launch|scale|data set|version|sha256|protocol')
    const mine = rows.filter((row) => row[1] === 'paper protocol')
    expect(mine.map((row) => row.slice(0, 14))).toEqual([7, 8].map((number, index) => ['20', 'paper protocol', 'false', index === 0 ? '0.9' : '0.94', String((0.9 + 0.94) / 2), expect.stringMatching(/^0\.0282842/), String(number), String(index + 1), `run-${number}`, 'launch-1', 'smoke', 'lab-a', '2', 'ab'.repeat(32)]))
    expect(rows.filter((row) => row[2] === 'true')).toHaveLength(7)
    expect(rows.find((row) => row[2] === 'true')?.slice(3, 9)).toEqual(['', '0.8103', '0.024', '', '', ''])
  })

  it('keeps a cell that is only published from passing for ours', () => {
    const share = madeUpRun(1, { protocol: 'paper', testShare: 0.1, validationShare: 0.1 }, { metrics: { windowPartsF1: 0.95 } })
    const heat = buildReport(specOf('splits'), [share], MADE_UP_SOURCE)
    const [, ...rows] = parseCsv(itemCsv(heat, item('f1', heat)))
    expect(rows.map((row) => row.slice(0, 5))).toEqual([['0.1', '0.1', 'false', '0.95', '0.95'], ['0.1', '0.1, published', 'true', '', '0.9839'], ['0.3', '0.3, published', 'true', '', '0.9332']])
  })

  it('runs no formula that a log holds', () => {
    const perClass = [{ label: '=cmd|\' /C calc\'!A0', code: null, support: 3, predicted: 1, precision: 1, recall: 0.5, f1: 1 }]
    const hostile = buildReport(specOf('class-accuracy'), [madeUpRun(1, { protocol: 'paper' }, { metrics: {}, perClass })], MADE_UP_SOURCE)
    const [, row] = parseCsv(itemCsv(hostile, item('classes', hostile)))
    expect(row?.[0]).toMatch(/^'=cmd/)
  })
})

describe('Markdown', () => {
  it('shows published beside ours, the source, the protocol and the findings', () => {
    const text = reportMarkdown(report)
    expect(text).toContain('3 runs at the smoke scale on lab-a, version 2 (sha256 abababababab); launch launch-1')
    expect(text).toContain('| 20 | 0.9681 ± 0.0093 | 0.9200 ± 0.0283 | 0.6000 | 0.5000 ± 0.0000 | 0.5000 | 240.1 ± 41.9 | 1,235 ± 0.0 |')
    expect(text).toContain('Blocked protocol: contiguous blocks'.toLowerCase())
    expect(text).toMatch(/\| F1 of label parts, window positions within the published mean ± 2 deviations.*\| does not hold \|/)
    for (const note of report.notes) expect(text.replaceAll('\\', '')).toContain(note)
  })

  it('lets no text of a log be markup', () => {
    expect(markdownText('a|b <img src=x onerror=alert(1)> [x](javascript:1) `c` *d* # e &lt;')).toBe('a\\|b \\<img src=x onerror=alert(1)\\> \\[x\\](javascript:1) \\`c\\` \\*d\\* # e \\&lt;')
    fc.assert(fc.property(anyText, (text) => {
      const shown = markdownText(text)
      expect(shown).not.toMatch(/[\n\r]/)
      expect(shown.replace(/\\[\\`*_[\]<>|~&#]/g, '')).not.toMatch(/[`*[\]<>|~&]/)
    }))
  })
})

describe('LaTeX', () => {
  it('is a booktabs table with the figures in mathematics', () => {
    const text = itemLatex(report, item('table-5'))
    expect(text).toContain('20 & $0.9681 \\pm 0.0093$ & $0.9200 \\pm 0.0283$ & $0.6000$ & $0.5000 \\pm 0.0000$ & $0.5000$ & $240.1 \\pm 41.9$ & $1{,}235 \\pm 0.0$ \\\\')
    expect(text).toContain('\\begin{tabular}{lrrrrrrr}')
    expect(text.split('\n')[0]).toMatch(/^% auditweave window-size: 3 runs, scale smoke/)
    expect(text).toContain('F1, published & \\shortstack[r]{F1, paper\\\\protocol}')
  })

  it('is a document with what it needs, and no item wider than the column', () => {
    const text = reportLatex(report, ({ id }) => id)
    expect(text).toMatch(/^\\documentclass\{article\}\n[^]*\n\\begin\{document\}\n[^]*\n\\end\{document\}\n$/)
    expect(text.slice(0, text.indexOf('\\begin{document}'))).toContain('\\usepackage{booktabs,graphicx}\\usepackage[export]{adjustbox}')
    expect(text).toContain('\\includegraphics[max width=\\linewidth,max totalheight=0.75\\textheight]{f1}')
    expect(text.match(/\\begin\{adjustbox\}\{max width=\\linewidth,/g)?.length).toBe(text.match(/\\begin\{tabular\}/g)?.length)
    const opened = [...text.matchAll(/\\begin\{(\w+)\}/g)].map(([, name]) => name).toSorted()
    expect([...text.matchAll(/\\end\{(\w+)\}/g)].map(([, name]) => name).toSorted()).toEqual(opened)
  })

  it('escapes whatever stands in a name', () => {
    expect(latexText('50% of $x_1 & {\\input{/etc/passwd}} #~^ W³ €')).toBe('50\\% of \\$x\\_1 \\& \\{\\textbackslash{}input\\{/etc/passwd\\}\\} \\#\\textasciitilde{}\\textasciicircum{} W\\textsuperscript{3} \\texttt{U+20AC}')
    fc.assert(fc.property(anyText, (text) => {
      const left = latexText(text).replace(/\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textasciigrave|dots)\{\}|\\ensuremath\{(\\pm|\\times|-)\}|\\textsuperscript\{\d\}|\\texttt\{U\+[0-9A-F]+\}|\\[{}$&#%_]/g, '')
      expect(left).not.toMatch(/[\\{}$&#%_^~\n\r]/)
    }))
  })
})
