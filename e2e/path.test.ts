import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look, SHOTS } from './look'

const SAMPLE = fileURLToPath(new URL('../datasets/sample/', import.meta.url))
const SWEEP_MS = 150_000

/** The whole path on a small slice: import, sweep of two windows, live progress, compare, playground, query. */
describe('the first path through the product', () => {
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    application = await startApplication()
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => {
    expect(faults).toEqual([])
  })


  it('opens on what to do first', async () => {
    await visit(page, application.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: /import/i }).first().waitFor()
    await look(page, 'home-empty')
  })

  it('imports a log with its truth, with progress', async () => {
    await visit(page, `${application.url}/datasets`)
    await page.getByLabel('Choose an audit log').setInputFiles([`${SAMPLE}audit.jsonl.gz`, `${SAMPLE}truth.jsonl.gz`])
    await page.getByLabel('Name').fill('slice')
    await look(page, 'import')
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.waitForURL(/\/datasets\/[0-9a-z]+$/)
    await page.getByText(/\b915\b/).first().waitFor({ timeout: 60_000 })
    await page.getByRole('heading', { name: 'slice' }).waitFor()
    await look(page, 'dataset')
  })

  it('launches a sweep of two windows and shows it run', async () => {
    await visit(page, `${application.url}/experiments/window-size`)
    await page.getByRole('combobox', { name: /^Scale/ }).selectOption('smoke')
    // the smoke scale has three windows: one is left out
    await page.getByRole('form', { name: 'Launch' }).getByRole('button', { name: '20', exact: true }).click()
    await look(page, 'launch')
    await page.getByRole('button', { name: /Launch 4 runs/ }).click()
    await page.getByText(/of 4 runs ended/).waitFor()
    // Live: the page is not loaded again, yet the count moves.
    await page.getByText('4 of 4 runs ended').waitFor({ timeout: SWEEP_MS })
    await page.getByText(/F1 0\.\d{4}/).first().waitFor()
    await look(page, 'report')
  })

  it('lists the runs and opens one', async () => {
    await visit(page, `${application.url}/runs`)
    await page.getByText('W=10', { exact: false }).first().waitFor()
    await look(page, 'runs')
    await page.getByRole('row', { name: /W=10 blocked/ }).getByRole('link').first().click()
    await page.waitForURL(/\/runs\/[0-9a-z]+/)
    await page.getByRole('heading', { name: 'By label' }).waitFor()
    await page.getByText('Time and memory').waitFor()
    await look(page, 'run')
  })

  it('compares the runs, only what differs', async () => {
    await visit(page, `${application.url}/experiments/window-size`)
    await page.getByRole('link', { name: 'Compare them' }).click()
    await page.waitForURL(/\/compare\?runs=/)
    await page.getByRole('heading', { name: 'Compare 4 runs' }).waitFor()
    await page.getByRole('heading', { name: 'By label' }).waitFor()
    await look(page, 'compare')
  })

  it('finds contexts in the playground and says why', async () => {
    await visit(page, `${application.url}/playground`)
    await page.getByRole('button', { name: 'Load a sample' }).click()
    const contexts = page.getByRole('listbox', { name: 'Contexts that match' })
    await contexts.getByRole('option').first().waitFor({ timeout: 60_000 })
    await contexts.getByRole('option').first().click()
    await page.getByRole('region', { name: 'Context', exact: true }).waitFor()
    await look(page, 'playground')
  })

  it('answers a query, and marks what is wrong with one', async () => {
    const editor = page.locator('.monaco-editor .view-lines').first()
    await editor.waitFor({ timeout: 30_000 })
    const contexts = page.getByRole('listbox', { name: 'Contexts that match' })
    const ask = async (text: string): Promise<void> => {
      await editor.click()
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Enter')
    }
    await ask('verb == "create" and resource == "deployments"')
    if (SHOTS) await page.waitForTimeout(3000).then(() => page.screenshot({ path: `${SHOTS}/query-typed.png` }))
    await expect.poll(async () => (await contexts.getByRole('option').allInnerTexts()).every((text) => /deployment/i.test(text)), { timeout: 15_000 }).toBe(true)
    expect(await contexts.getByRole('option').count()).toBeGreaterThan(0)
    await look(page, 'query')
    await ask('verb == and')
    await page.getByText(/unexpected 'and' at line 1, column 9/).first().waitFor({ timeout: 15_000 })
    expect(page.url()).toContain('q=')
  })

  it('works on a narrow screen in the dark', async () => {
    const { page: narrow, faults: narrowFaults } = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    page = narrow
    for (const [name, path] of [['home-dark', '/'], ['runs-dark', '/runs'], ['report-dark', '/experiments/window-size']] as const) {
      await visit(narrow, application.url + path)
      await narrow.getByRole('heading', { level: 1 }).waitFor()
      expect(await narrow.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), path).toBe(true)
      await look(page, name)
    }
    expect(narrowFaults).toEqual([])
  })
})
