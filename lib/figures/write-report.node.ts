import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { itemCsv } from '@/lib/experiments/report/csv'
import { itemLatex, reportLatex } from '@/lib/experiments/report/latex'
import { reportMarkdown } from '@/lib/experiments/report/markdown'
import type { Report, ReportItem } from '@/lib/experiments/report/report-types'
import { printDocument } from './document.node.ts'
import { drawFigure, isPicture, type PictureBody } from './draw'
import { svgToPng } from './png.node.ts'

export const REPORT_FORMATS = ['md', 'svg', 'png', 'csv', 'latex', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

interface WriteOptions { readonly folder: string; readonly formats: readonly ReportFormat[] }
interface NewFile { readonly name: string; readonly bytes: string | Uint8Array }

/**
 * Writes a report as files: `report.md`, `report.json`, `report.tex`, and for each table and figure one named by its id (.svg and .png of figures; .csv and
 * .tex of all). Each appears whole or not at all, in place of an earlier one. Resolves to the paths written, in that order; the folder is made where it is missing.
 */
export async function writeReport(report: Report, { folder, formats }: WriteOptions): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for await (const { name, bytes } of filesOf(report, new Set(formats))) {
    const target = path.join(folder, name)
    await writeWhole(target, bytes)
    paths.push(target)
  }
  return paths
}

async function* filesOf(report: Report, wants: ReadonlySet<ReportFormat>): AsyncGenerator<NewFile> {
  const picture = wants.has('svg') ? 'svg' : wants.has('png') ? 'png' : null
  const pictureOf = (item: ReportItem): string | null => (picture && isPicture(item.body) ? `${item.id}.${picture}` : null)
  // LaTeX takes no SVG, and finds the ending of the picture itself.
  const printed = (item: ReportItem): string | null => (wants.has('png') && isPicture(item.body) ? item.id : null)
  if (wants.has('md')) yield { name: 'report.md', bytes: reportMarkdown(report, { picture: pictureOf }) }
  if (wants.has('json')) yield { name: 'report.json', bytes: `${JSON.stringify(report, null, 2)}\n` }
  if (wants.has('latex')) yield { name: 'report.tex', bytes: reportLatex(report, printed) }
  for (const item of report.items) {
    if (wants.has('csv')) yield { name: `${item.id}.csv`, bytes: itemCsv(report, item) }
    if (wants.has('latex')) yield { name: `${item.id}.tex`, bytes: itemLatex(report, item, printed(item)) }
    if (isPicture(item.body)) yield* picturesOf({ ...item, body: item.body }, wants)
  }
}

async function* picturesOf(item: ReportItem & { readonly body: PictureBody }, wants: ReadonlySet<ReportFormat>): AsyncGenerator<NewFile> {
  if (!wants.has('svg') && !wants.has('png')) return
  const svg = drawFigure(item, printDocument())
  if (wants.has('svg')) yield { name: `${item.id}.svg`, bytes: svg }
  if (wants.has('png')) yield { name: `${item.id}.png`, bytes: await svgToPng(svg) }
}

async function writeWhole(target: string, bytes: string | Uint8Array): Promise<void> {
  const beside = `${target}.${randomUUID()}.new`
  try {
    await writeFile(beside, bytes, { flag: 'wx' })
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
