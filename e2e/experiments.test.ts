import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'

const IMPORT_MS = 120_000
const SWEEP_MS = 400_000

/** Experiments from the browser: a sweep with two axes changed and a measurement are launched, watched, stopped and resumed; their reports lead to runs and files. */
describe('the experiments room', () => {
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
    page.setDefaultTimeout(60_000)
    // the browser's own message of a missing file does not name it
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`at ${message.location().url}`)
    })
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => {
    expect(faults).toEqual([])
  })

  async function importSample(): Promise<void> {
    const id = await page.evaluate(`fetch('/api/datasets', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ shipped: 'sample', name: 'slice' }) }).then((answer) => answer.json()).then(({ id }) => id)`)
    await expect.poll(async () => page.evaluate(`fetch('/api/datasets').then((answer) => answer.json()).then((sets) => sets.find((one) => one.id === ${JSON.stringify(id)})?.state)`), { timeout: IMPORT_MS }).toBe('ready')
  }


  const form = (): Locator => page.getByRole('form', { name: 'Launch' })
  const marks = (chart: string): Locator => page.getByRole('figure', { name: chart }).locator('svg [role="button"]')
  const ended = (runs: number): Locator => page.getByText(`${runs} of ${runs} runs ended`)

  it('has a log to work on', async () => {
    await visit(page, application.url)
    await importSample()
  })

  it('lists the paper’s experiments and ours, and leads to a launch by keys alone', async () => {
    await visit(page, `${application.url}/experiments`)
    await page.getByRole('heading', { name: 'The paper’s' }).waitFor()
    await page.getByRole('heading', { name: 'Ours' }).waitFor()
    expect(await page.locator('[data-experiment]').count()).toBeGreaterThanOrEqual(9)
    await look(page, 'experiments-empty')
    await page.keyboard.press('j')
    const name = await page.evaluate(`document.activeElement.closest('[data-experiment]').dataset.experiment`)
    await page.keyboard.press('l')
    await page.waitForURL(new RegExp(`/experiments/${String(name)}#launch$`))
    await form().waitFor()
  })

  it('counts the runs of a sweep while its axes are changed, and says why a value cannot be one', async () => {
    await visit(page, `${application.url}/experiments/window-size`)
    await form().getByRole('combobox', { name: /^Scale/ }).selectOption('smoke')
    await form().getByRole('button', { name: /^Launch 6 runs$/ }).waitFor()
    await form().getByRole('button', { name: '20', exact: true }).click()
    await form().getByRole('button', { name: /^Launch 4 runs$/ }).waitFor()
    await form().getByRole('button', { name: 'paper', exact: true }).click()
    await form().getByRole('button', { name: /^Launch 2 runs$/ }).waitFor()
    const add = form().getByRole('textbox', { name: 'Add to window' })
    await add.fill('5000')
    await add.press('Enter')
    await form().getByRole('alert').waitFor()
    await add.fill('7')
    await add.press('Enter')
    await form().getByRole('textbox', { name: /^Seeds/ }).fill('1-2')
    await form().getByRole('button', { name: /^Launch 6 runs$/ }).waitFor()
    expect(await form().getByText(/^about .* with one worker$/).count()).toBe(1)
    await look(page, 'launch-form')
  })

  it('launches it, stops all of it and resumes it', async () => {
    await form().getByRole('button', { name: /^Launch 6 runs$/ }).click()
    await page.waitForURL(/\?launch=[0-9a-z]+/)
    await page.getByText(/of 6 runs ended/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Stop the launch' }).click()
    const resume = page.getByRole('button', { name: 'Resume the launch' })
    await resume.waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Stop the launch' }).count(), { timeout: SWEEP_MS }).toBe(0)
    await look(page, 'launch-stopped')
    await resume.click()
    await page.getByText(/left/).first().waitFor()
    await look(page, 'launch-running')
    // Live: the page is not loaded again, yet the count moves.
    await ended(6).waitFor({ timeout: SWEEP_MS })
    await expect.poll(() => page.getByRole('list', { name: 'Runs of the launch' }).getByText(/^F1 0\.\d{4}/).count(), { timeout: 30_000 }).toBe(6)
  }, 2 * SWEEP_MS)

  it('shows the report: where it comes from, what holds, and each figure with its exact value', async () => {
    await page.getByText(/6 finished runs at the smoke scale on slice, version 1/).waitFor()
    await page.getByText(/seeds 1, 2; engine/).waitFor()
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    await page.getByRole('heading', { name: 'What it cost' }).waitFor()
    const first = marks('F1 against window size').first()
    await first.hover()
    await page.getByText(/click or Enter: its 2 runs/).waitFor()
    await page.mouse.move(0, 0)
    await page.evaluate('scrollTo(0, 0)')
    await look(page, 'report')
  })

  it('lists the runs behind a point, and opens one', async () => {
    await marks('F1 against window size').first().click()
    const list = page.getByRole('dialog', { name: /^Runs of/ })
    await list.waitFor()
    expect(await list.getByRole('link', { name: /^run \d+$/ }).count()).toBe(2)
    await look(page, 'runs-behind-a-point')
    await list.getByRole('link', { name: /^run \d+$/ }).first().click()
    await page.waitForURL(/\/runs\/[0-9a-z]+$/)
    await page.getByRole('heading', { name: 'Time and memory' }).waitFor()
    await page.getByRole('figure', { name: 'Time by phase' }).waitFor()
    await page.getByText(/version 1/).first().waitFor()
    await look(page, 'run')
    await page.goBack()
    await marks('F1 against window size').first().waitFor()
  })

  it('works by keys alone: from the chart to a run', async () => {
    const chart = marks('F1 against window size')
    await chart.first().waitFor()
    await page.getByRole('group', { name: 'Export: F1 against window size' }).getByRole('button', { name: 'copy link' }).focus()
    await page.keyboard.press('Tab')
    const before = await page.evaluate('document.activeElement.getAttribute("aria-label")')
    expect(before).toMatch(/window/i)
    await page.keyboard.press('ArrowRight')
    const after = await page.evaluate('document.activeElement.getAttribute("aria-label")')
    expect(after).not.toBe(before)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /^Runs of/ }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("role")')).toBe('button')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /^Runs of/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/runs\/[0-9a-z]+$/)
    await page.goBack()
    await marks('F1 against window size').first().waitFor()
  })

  it('hands every figure out as files that say where they come from', async () => {
    const tools = page.getByRole('group', { name: 'Export: F1 against window size' })
    const launch = new URL(page.url()).searchParams.get('launch') ?? 'none'
    for (const [button, name, holds] of [['CSV', 'f1.csv', launch], ['LaTeX', 'f1.tex', '\\begin{'], ['Markdown', 'f1.md', launch], ['SVG', 'f1.svg', '<svg'], ['PNG', 'f1.png', 'PNG']] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), tools.getByRole('button', { name: button, exact: true }).click()])
      expect(download.suggestedFilename()).toBe(name)
      expect(readFileSync(await download.path(), 'latin1'), name).toContain(holds)
    }
    await tools.getByRole('button', { name: 'data', exact: true }).click()
    expect(await page.getByRole('region', { name: 'Data of the chart' }).getByRole('row').count()).toBeGreaterThan(6)
    await tools.getByRole('button', { name: 'picture', exact: true }).click()
  })

  it('launches a measurement, and shows its points on the page of its run', async () => {
    await visit(page, `${application.url}/experiments/query-time?scale=smoke`)
    await form().getByRole('button', { name: '4-clauses', exact: true }).click()
    await form().getByRole('button', { name: /^Launch 3 runs$/ }).click()
    await ended(3).waitFor({ timeout: SWEEP_MS })
    await page.getByRole('figure', { name: /Table 7/ }).getByRole('link').first().waitFor()
    await look(page, 'report-measurement')
    await page.getByRole('list', { name: 'Runs of the launch' }).getByRole('link').first().click()
    await page.getByRole('heading', { name: 'What it measured' }).waitFor()
    await look(page, 'run-measurement')
  }, SWEEP_MS + 60_000)

  it('says in the room what the launches said last', async () => {
    await visit(page, `${application.url}/experiments`)
    const card = page.locator('[data-experiment="window-size"]')
    await card.getByText(/6 of 6 runs done, smoke scale on slice/).waitFor()
    await card.getByText(/best:/).waitFor()
    await card.getByText(/finding|open/).first().waitFor()
    await look(page, 'experiments')
  })

  it('runs every experiment as one batch, and stops it', async () => {
    await page.getByRole('form', { name: 'Run all' }).getByRole('combobox', { name: /^Transfer/ }).selectOption('slice')
    await page.getByRole('button', { name: /^Run all \d+$/ }).click()
    await page.getByRole('heading', { name: 'Launched together' }).waitFor()
    await page.getByText(/about .* left/).waitFor()
    await look(page, 'batch')
    await page.getByRole('button', { name: 'Stop all' }).click()
    await page.getByRole('button', { name: 'Resume all' }).waitFor({ timeout: SWEEP_MS })
  }, SWEEP_MS)

  it('works on a narrow screen in the dark', async () => {
    const { page: narrow, faults: narrowFaults } = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const [name, path] of [['experiments-dark', '/experiments'], ['report-dark', '/experiments/window-size'], ['measurement-dark', '/experiments/query-time']] as const) {
      await visit(narrow, application.url + path)
      expect(await narrow.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), path).toBe(true)
      await look(narrow, name)
    }
    expect(narrowFaults).toEqual([])
  })
})
