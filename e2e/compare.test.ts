import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LineAnswers } from '@/lib/experiments/line-answers'
import { inTransaction, sql } from '@/lib/store/database'
import { writeRunAnswers } from '@/lib/store/run-answers'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage, visit } from './browser'

const LABELS = ['pods||1|1|1', 'nodes||1|0|1', 'apps/deployments||1|1|1']
const LINES = 400

/** A run over lines `from` to `from + 400`, right where `right` says so. */
function answers(from: number, right: (line: number) => boolean): LineAnswers {
  const want = Int32Array.from({ length: LINES }, (_, line) => (from + line) % 3)
  return {
    auditIDs: Array.from({ length: LINES }, (_, line) => `line-${from + line}`),
    labels: LABELS,
    want,
    got: want.map((label, line) => (right(line) ? label : (label + 1) % 3)),
    confidence: new Float32Array(LINES).fill(0.5),
  }
}

const F1: Readonly<Record<string, number>> = { a1: 0.5, a2: 0.52, a3: 0.54, b1: 0.7, b2: 0.73, b3: 0.76 }

async function seed(): Promise<void> {
  await sql(`INSERT INTO datasets (id, name, source_name, state) VALUES ('lab', 'lab', 'lab.jsonl', 'ready')`)
  for (const [index, id] of Object.keys(F1).entries()) {
    const window = id.startsWith('a') ? 20 : 60
    const params = { preset: 'k8ntext', protocol: 'blocked', window, seed: index % 3, batch: 64, split: { test: 0.1, validation: 0.1 } }
    await sql(
      `INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, axes, params, state, started_at, finished_at, engine, metrics, timings, per_class)
       VALUES ($1, $2, 'lab', 'k8ntext', 'blocked', $3, $4, $5, 'done', now(), now(), 'wasm', $6, $7, $8)`,
      [id, `W = ${window}`, index % 3, { window }, params, { lineMacroF1: F1[id], lineAccuracy: F1[id], testLines: LINES, parameters: 1000 }, { trainSeconds: 60 + index }, JSON.stringify(LABELS.map((label) => ({ label, code: null, support: 100, predicted: 100, precision: F1[id], recall: F1[id], f1: F1[id] })))],
    )
  }
  await inTransaction(async (client) => {
    // Of 400 lines a1 alone has 20 right, b1 alone 60, both 240, neither 80.
    await writeRunAnswers(client, 'a1', answers(0, (line) => line < 260))
    await writeRunAnswers(client, 'b1', answers(0, (line) => line >= 20 && line < 320))
    // Half of b2's lines are others.
    await writeRunAnswers(client, 'b2', answers(200, (line) => line < 300))
  })
}

/** The machine may be busy with other tests. */
const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 })

describe('comparing runs', () => {
  let database: TestDatabase
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let home = ''

  beforeAll(async () => {
    database = await openTestDatabase()
    home = makeHome()
    await seed()
    application = await startApplication({ home, args: ['--no-worker'], env: { DATABASE_URL: database.address } })
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser, application.url))
    page.setDefaultTimeout(20_000)
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    await database?.close()
    removeHome(home)
  })

  const all = `/compare?runs=${Object.keys(F1).join(',')}`
  const inAddress = (name: string) => new URL(page.url()).searchParams.get(name)
  const tests = () => page.getByRole('region', { name: 'Tests against the baseline' })
  const row = (region: string, name: string | RegExp) => page.getByRole('region', { name: region }).getByRole('row').filter({ hasText: name })

  it('is reached from the table by keys alone', async () => {
    await visit(page, `${application.url}/runs?sort=number`)
    for (const key of ['j', 'x', 'j', 'x', 'j', 'x', 'j', 'x', 'v']) await page.keyboard.press(key)
    await page.waitForURL(/\/compare\?runs=/)
    await page.getByRole('heading', { name: 'Compare 4 runs' }).waitFor()
  })

  it('tests each run against the baseline on the lines both were scored on, and warns where they are not the same', async () => {
    await visit(page, application.url + all)
    await tests().getByText('20 : 60 alone right').waitFor()
    const first = tests().getByRole('row').filter({ hasText: '20 : 60' })
    // 300 of 400 less 260 of 400.
    await poll(() => first.innerText()).toContain('+0.1000 ▲')
    expect(await first.innerText()).toContain('< 0.001')
    expect(await first.innerText()).toContain('blocked protocol')
    expect(await first.innerText()).not.toContain('not the same lines')
    const second = tests().getByRole('row').filter({ hasText: 'not the same lines' })
    await second.waitFor()
    // In common: lines 200 to 399, of which a1 has 60 right and b2, in its own first half, all.
    expect(await second.innerText()).toContain('0 : 140 alone right')
    expect(await second.innerText()).toContain('200 are in common')
    expect(await page.getByText(/have kept no answers line by line/).innerText()).toMatch(/^#\d+.*, #\d+.*, #\d+/)
    // Beside the figure itself, with its interval.
    expect(await row('Figures', 'Tuple accuracy').first().innerText()).toMatch(/\[\+0\.\d{4}, \+0\.\d{4}\], p < 0\.001/)
  })

  it('says by label, context or user where a run differs, and leads to the lines', async () => {
    await tests().getByRole('row').filter({ hasText: '20 : 60' }).getByRole('button').focus()
    await page.keyboard.press('Enter')
    await poll(() => inAddress('pair')).toBe('b1')
    const table = page.getByRole('table', { name: 'Differences by label' })
    await table.waitFor()
    // Each of the three labels has a third of the lines.
    expect(Number(await table.getAttribute('aria-rowcount'))).toBe(4)
    await page.getByLabel('Differences by', { exact: true }).selectOption('context')
    await poll(() => inAddress('by')).toBe('context')
    await page.getByText('No line says its context.').waitFor()
    expect(await tests().getByRole('link', { name: 'Line by line' }).first().getAttribute('href')).toBe('/compare/lines?a=a1&b=b1')
  })

  it('compares settings over their seeds, every value behind the mean', async () => {
    const region = page.getByRole('region', { name: 'Repetitions over seeds' })
    const other = region.getByRole('row').filter({ hasText: /^window 60/ })
    // 0.7, 0.73 and 0.76 against 0.5, 0.52 and 0.54, seed by seed.
    await poll(() => other.innerText()).toContain('0.7300 ± 0.0300')
    expect(await other.innerText()).toContain('+0.2100 ▲')
    expect(await other.innerText()).toContain('[+0.2000, +0.2200]')
    expect(await other.innerText()).toContain('paired by seed, exact')
    // Of 2^3 ways to flip signs one on either side is as far out.
    expect(await other.innerText()).toContain('0.250')
    expect(await other.getByRole('link').count()).toBe(3)
    await page.getByLabel('Measure of the repetitions').selectOption('trainSeconds')
    await poll(() => inAddress('measure')).toBe('trainSeconds')
    // Slower is worse.
    await poll(() => other.innerText()).toContain('+3.0 s ▼')
  })

  it('shows only what differs, unless all is asked for', async () => {
    const settings = page.getByRole('region', { name: 'Setting', exact: true })
    expect(await settings.getByRole('row').filter({ hasText: 'window' }).count()).toBe(1)
    expect(await settings.getByRole('row').filter({ hasText: 'batch' }).count()).toBe(0)
    expect(await row('Figures', 'Parameters').count()).toBe(0)
    await page.keyboard.press('d')
    await settings.getByRole('row').filter({ hasText: 'batch' }).waitFor()
    await row('Figures', 'Parameters').waitFor()
    await poll(() => inAddress('all')).toBe('1')
  })

  it('takes another baseline by keys, and a run out and back', async () => {
    await page.keyboard.press(']')
    await poll(() => inAddress('base')).toBe('a2')
    await page.getByText('Tests need two runs that kept what they said of each test line').waitFor()
    await page.keyboard.press('[')
    await poll(() => inAddress('base')).toBe('a1')
    await page.getByRole('button', { name: /^Take #\d+ .*out$/ }).last().click()
    await poll(() => inAddress('runs')).toBe('a1,a2,a3,b1,b2')
    await page.keyboard.press('Control+z')
    await poll(() => inAddress('runs')).toBe('a1,a2,a3,b1,b2,b3')
  })

  it('has no accessibility faults and fits the window', async () => {
    for (const width of [1440, 900]) {
      await page.setViewportSize({ width, height: 900 })
      await visit(page, `${application.url}${all}&pair=b1`)
      await tests().getByText('20 : 60 alone right').waitFor()
      expect(await accessibilityFaults(page), String(width)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), String(width)).toBe(true)
    }
  })

  it('did all that without a fault', () => {
    expect(faults).toEqual([])
  })
})
