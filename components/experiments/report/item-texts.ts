import { itemCsv } from '@/lib/experiments/report/csv'
import { itemLatex } from '@/lib/experiments/report/latex'
import { reportMarkdown } from '@/lib/experiments/report/markdown'
import type { Report, ReportItem } from '@/lib/experiments/report/report-types'
import type { FigureTexts } from '@/components/charts/figure'

/** An item as files, each with where its figures come from. */
export function itemTexts(report: Report, item: ReportItem): FigureTexts {
  return {
    csv: () => itemCsv(report, item),
    latex: () => itemLatex(report, item),
    markdown: () => reportMarkdown({ ...report, items: [item], findings: [], notes: [] }),
  }
}
