import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '@/lib/experiments/report/report-types'
import { galleryBody } from './gallery/bodies'
import { REPORT_FORMATS, writeReport } from './write-report.node.ts'

let folder = ''
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'auditweave-report-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const report: Report = {
  experiment: 'gallery', title: 'Gallery', question: 'What is drawn?', reproduces: null, source: null, runs: 0, published: { source: 'nothing' }, findings: [], notes: [],
  items: ['lines', 'heat'].map((id) => ({ id, title: id, caption: 'Made up.', protocol: '', body: galleryBody(id) })),
}
const bytes = async (): Promise<Record<string, string>> => Object.fromEntries(await Promise.all((await readdir(folder)).map(async (name) => [name, createHash('sha256').update(await readFile(path.join(folder, name))).digest('hex')] as const)))

test('writes every format by item, the same bytes each time, over what was there, and leaves nothing else', async () => {
  await writeFile(path.join(folder, 'lines.svg'), 'old')
  const paths = await writeReport(report, { folder, formats: REPORT_FORMATS })
  expect(paths.map((file) => path.basename(file))).toEqual(['report.md', 'report.json', 'report.tex', ...['lines', 'heat'].flatMap((id) => [`${id}.csv`, `${id}.tex`, `${id}.svg`, `${id}.png`])])
  const first = await bytes()
  expect(Object.keys(first).toSorted()).toEqual(paths.map((file) => path.basename(file)).toSorted())
  await writeReport(report, { folder, formats: REPORT_FORMATS })
  expect(await bytes()).toEqual(first)
})

test('paints PNG at 300 dots an inch, with text in it', async () => {
  const png = await readFile(path.join(folder, 'lines.png'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(Math.floor((85 / 25.4) * 300))
  expect(await readFile(path.join(folder, 'lines.tex'), 'utf8')).toContain('\\includegraphics[max width=\\linewidth,max totalheight=0.75\\textheight]{lines}')
})

test('draws no table, and only the formats asked for', async () => {
  const other = path.join(folder, 'deep', 'er')
  const paths = await writeReport({ ...report, items: [{ id: 't', title: 't', caption: '', protocol: '', body: { kind: 'table', heads: ['W'], columns: [], rows: [] } }] }, { folder: other, formats: ['svg', 'csv'] })
  expect(paths).toEqual([path.join(other, 't.csv')])
})
