import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'


/** A notebook from the empty room to a shared page: examples, a query and what hangs on it, keys, saving, staleness, export, sharing. */
describe('notebooks', () => {
  let database: TestDatabase
  let home = ''
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    database = await openTestDatabase()
    home = makeHome()
    await sql(`INSERT INTO datasets (id, name, source_name, state) VALUES ('laba', 'lab-a', 'audit.jsonl.gz', 'ready')`)
    await sql(`INSERT INTO experiments (id, name, title, spec, scale, dataset_id) VALUES ('sweep0000001', 'window-size', 'Window size', '{}', 'smoke', 'laba')`)
    // Figures of no training: what is drawn here is the page, not a result.
    await sql(
      `INSERT INTO runs (id, name, experiment_id, dataset_id, preset, protocol, seed, axes, params, state, started_at, finished_at, metrics, timings)
       SELECT 'sweep' || n, 'W = ' || n, 'sweep0000001', 'laba', 'k8ntext', (ARRAY['paper','blocked'])[n % 2 + 1], n / 8 + 1, jsonb_build_object('window', (n / 2 % 4 + 1) * 10), '{}', 'done', now(), now(),
         jsonb_build_object('windowPartsF1', 0.6 + (n * 7 % 30) / 100.0, 'lineMacroF1', 0.5, 'lineAccuracy', 0.7, 'leakedTestLines', n % 2, 'epochs', 12), jsonb_build_object('trainSeconds', n * 3, 'inferMillisPerLine', 0.2)
       FROM generate_series(0, 15) n`,
    )
    application = await startApplication({ home, env: { DATABASE_URL: database.address } })
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    // the queue is set up by the worker, which starts beside the pages
    await visit(page, application.url)
    await page.waitForTimeout(1500)
    const imported = await page.request.post(`${application.url}/api/datasets`, { data: { shipped: 'incidents-a' } })
    expect(imported.status()).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    await database?.close()
    removeHome(home)
  })
  afterEach(() => expect(faults).toEqual([]))

  const cell = (id: string) => page.locator(`[data-cell="${id}"]`)
  const saved = () => page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

  it('teach while there are none, and bring the examples', async () => {
    await visit(page, `${application.url}/notebooks`)
    await page.getByText('No notebook yet').waitFor()
    await look(page, 'notebooks-empty')
    await page.getByRole('button', { name: 'Add the examples' }).click()
    await page.getByRole('link', { name: /An incident, from alert to context/ }).waitFor()
    expect(await page.getByRole('link', { name: /example/ }).count()).toBe(3)
    await look(page, 'notebooks')
  })

  it('run an example: queries, charts, a context with its reasons', async () => {
    await expect.poll(async () => (await sql(`SELECT FROM datasets WHERE name = 'incidents-a' AND state = 'ready'`)).length, { timeout: 60_000, interval: 500 }).toBe(1)
    await page.getByRole('link', { name: /An incident, from alert to context/ }).click()
    await page.waitForURL(/\/notebooks\/[0-9a-z]{12}$/)
    await page.getByRole('button', { name: 'Run all' }).click()
    await cell('account').getByText('4 contexts match').waitFor({ timeout: 30_000 })
    await page.getByText(/created deployment .+ events followed/).waitFor({ timeout: 30_000 })
    await expect.poll(() => page.getByText('up to date').count(), { timeout: 30_000 }).toBe(8)
    await look(page, 'notebook-incident')
  })

  it('say what is stale after a change, and undo takes it back', async () => {
    await cell('account').focus()
    await page.keyboard.press('Enter')
    const editor = cell('account').locator('.monaco-editor .view-lines')
    await editor.waitFor({ timeout: 30_000 })
    await cell('account').getByRole('combobox', { name: 'Ask for' }).selectOption('events')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByText('stale', { exact: true }).count()).toBe(2)
    await saved()
    await cell('account').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByText('stale', { exact: true }).count()).toBe(0)
    await saved()
  })

  it('draw runs: a sweep, its curves beside the published ones, run by run', async () => {
    await visit(page, `${application.url}/notebooks`)
    await page.getByRole('link', { name: /Reproducing the paper/ }).click()
    await page.getByRole('button', { name: 'Run all' }).click()
    await cell('table-5').getByText('16 of 16 runs done').waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByText('up to date').count(), { timeout: 60_000 }).toBe(12)
    await cell('table-5').getByRole('row', { name: /^10 0?\.9267/ }).first().waitFor()
    await cell('table-5').locator('svg').first().waitFor()
    await cell('accuracy').locator('svg').first().waitFor()
    // Never launched: it says so, shows what is published and offers the launch.
    await cell('storage').getByText('Not launched on lab-a yet.').waitFor()
    await cell('storage').getByRole('button', { name: 'Launch storage' }).waitFor()
    await look(page, 'notebook-paper')
  })

  it('launch an experiment from its cell, follow it to its end and show its report', async () => {
    const markdown = '# Launched here\n\n```experiment id=space experiment=storage dataset=incidents-a items=findings,forms,ratio,runs\n```\n'
    const { id } = (await (await page.request.post(`${application.url}/api/notebooks`, { data: { markdown } })).json()) as { id: string }
    await visit(page, `${application.url}/notebooks/${id}`)
    await page.getByRole('button', { name: 'Run all' }).click()
    await cell('space').getByText('Not launched on incidents-a yet.').waitFor({ timeout: 30_000 })
    expect(await cell('space').getByLabel('Scale of space').inputValue()).toBe('smoke')
    expect(await cell('space').getByLabel('Dataset of space').inputValue()).toBe('incidents-a')
    await cell('space').getByRole('button', { name: 'Launch storage' }).click()
    await cell('space').getByText('1 of 1 runs done').waitFor({ timeout: 240_000 })
    const raw = cell('space').getByRole('row', { name: /^raw / })
    await raw.waitFor()
    expect(await raw.innerText()).toContain('64.0 MB')
    await cell('space').getByRole('row', { name: /done$/ }).waitFor()
    await cell('space').locator('figure svg').first().waitFor()
    await expect.poll(() => cell('space').getByText('up to date').count()).toBe(1)
    await saved()
    await look(page, 'notebook-launched')
    for (const [format, kept] of [['html', '<svg'], ['ipynb', '<svg'], ['md-results', '| raw |'], ['md', 'launch=']] as const) {
      const file = await (await page.request.get(`${application.url}/api/notebooks/${id}/export?format=${format}`)).text()
      expect(file, format).toContain(kept)
      if (format !== 'md') expect(file, format).toContain('64,000,000')
    }
    const { token } = (await (await page.request.post(`${application.url}/api/notebooks/${id}/share`)).json()) as { token: string }
    const { page: guest, faults: guestFaults } = await openPage(browser, application.url, { width: 1200, height: 900 }, 'dark')
    await guest.goto(`${application.url}/notebooks/shared/${token}`)
    await guest.locator('svg.printed').first().waitFor()
    await look(guest, 'notebook-launched-shared')
    expect(guestFaults).toEqual([])
  })

  it('begin from the palette', async () => {
    await visit(page, `${application.url}/notebooks`)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find or run anything' }).fill('new notebook')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/notebooks\/[0-9a-z]{12}$/)
    await page.getByText('Nothing is written yet').waitFor()
    await page.goBack()
    await page.waitForURL(/\/notebooks$/)
    const all = (await (await page.request.get(`${application.url}/api/notebooks`)).json()) as { title: string; cells: number }[]
    expect(all.filter(({ title, cells }) => title === 'Untitled notebook' && cells === 0)).toHaveLength(1)
  })

  it('are written by keys, and undo brings a deleted cell back', async () => {
    await visit(page, `${application.url}/notebooks`)
    await page.getByRole('button', { name: 'New notebook' }).click()
    await page.getByText('Nothing is written yet').waitFor()
    await look(page, 'notebook-empty')
    await page.getByLabel('Title').fill('Deletions')
    await page.keyboard.press('Enter')
    await page.keyboard.press('b')
    await page.getByLabel('Text of c1').fill('## Who deletes\n\nA share $p = \\frac{a}{b}$ of **all** contexts.')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Who deletes' }).waitFor()
    expect(await page.locator('math mfrac').count()).toBe(1)
    await page.keyboard.press('b')
    await page.keyboard.press('Escape')
    await page.keyboard.press('q')
    await page.keyboard.press('Enter')
    await cell('c2').locator('.monaco-editor .view-lines').click({ timeout: 30_000 })
    await page.keyboard.type('verb == delete')
    await page.keyboard.press('Shift+Enter')
    await cell('c2').getByText(/contexts match/).waitFor({ timeout: 30_000 })
    await page.keyboard.press('d')
    await page.keyboard.press('d')
    await expect.poll(() => page.locator('[data-cell]').count()).toBe(1)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await cell('c2').getByText(/contexts match/).waitFor()
    await saved()
    await page.reload()
    await cell('c2').getByText(/contexts match/).waitFor()
    await look(page, 'notebook-written')
  })

  it('leave as files that say the same', async () => {
    const address = `/api/notebooks/${page.url().split('/').at(-1) ?? ''}/export?format=`
    const markdown = await (await page.request.get(`${application.url}${address}md`)).text()
    expect(markdown).toBe('# Deletions\n\n## Who deletes\n\nA share $p = \\frac{a}{b}$ of **all** contexts.\n\n```query dataset=incidents-a\nverb == delete\n```\n')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click().then(() => page.getByRole('menuitem', { name: /^HTML/ }).click())])
    expect(download.suggestedFilename()).toBe('deletions.html')
    // With its ending: without one the browser shows the source.
    const file = join(application.home, 'deletions.html')
    await download.saveAs(file)
    expect(await readFile(file, 'utf8')).not.toMatch(/<script|https?:\/\//i)
    const { page: apart, faults: apartFaults } = await openPage(browser, 'file://')
    await apart.goto(`file://${file}`)
    await apart.getByText(/contexts match/).waitFor()
    await look(apart, 'notebook-export')
    expect(apartFaults).toEqual([])
  })

  it('are shared read-only, until that is withdrawn', async () => {
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Make an address' }).click()
    const address = await page.getByLabel('Address').inputValue()
    const { page: guest, faults: guestFaults } = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    await guest.goto(address)
    await guest.getByRole('heading', { name: 'Deletions' }).waitFor()
    await guest.getByText(/contexts match/).waitFor()
    expect(await guest.locator('main button[aria-label^="Run"], main textarea').count()).toBe(0)
    await look(guest, 'notebook-shared-dark')
    await page.getByRole('button', { name: 'Withdraw it' }).click()
    await page.getByRole('button', { name: 'Make an address' }).waitFor()
    expect((await guest.request.get(address)).status()).toBe(404)
    expect(guestFaults).toEqual([])
  })

  it('read well on a narrow screen in the dark', async () => {
    const { page: narrow, faults: narrowFaults } = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    await visit(narrow, `${application.url}/notebooks`)
    await narrow.getByRole('link', { name: /Why .98 is .68/ }).click()
    await narrow.waitForURL(/\/notebooks\/[0-9a-z]{12}$/)
    await narrow.getByRole('heading', { name: 'What lifts it', exact: true }).waitFor()
    expect(await narrow.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    await look(narrow, 'notebook-why-dark')
    expect(narrowFaults).toEqual([])
  })
})
