import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'

const RUNS_MS = 150_000

interface Comparison { readonly lines: number; readonly counts: Readonly<Record<'a' | 'b' | 'both' | 'neither', number>> }

/** Two small trainings on the sample, held against each other line by line. */
describe('two runs line by line', () => {
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let runs: [string, string]
  let dataset: string
  let comparison: Comparison

  const get = async <T>(path: string): Promise<T> => (await page.request.get(`${application.url}${path}`)).json() as Promise<T>
  const address = (more = ''): string => `${application.url}/compare/lines?a=${runs[0]}&b=${runs[1]}${more}`

  beforeAll(async () => {
    application = await startApplication()
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    await visit(page, application.url)
    // the queue is set up by the worker, which starts beside the pages
    await page.waitForTimeout(1500)
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => expect(faults).toEqual([]))

  /** The cell of the table of two by two. */
  const cell = (count: number): RegExp => new RegExp(`^A right, B wrong ${count} `)
  const list = () => page.getByRole('grid', { name: 'Lines' })
  const listed = async (): Promise<number> => Number(await list().getAttribute('aria-rowcount')) - 1
  const active = () => list().locator('[aria-selected="true"]')

  it('trains two small networks on the sample', async () => {
    dataset = ((await (await page.request.post(`${application.url}/api/datasets`, { data: { shipped: 'sample' } })).json()) as { id: string }).id
    await expect.poll(async () => (await get<{ state: string }>(`/api/datasets/${dataset}`)).state, { timeout: 60_000 }).toBe('ready')
    const launched = await page.request.post(`${application.url}/api/experiments/window-size/launch`, { data: { dataset, scale: 'smoke', axes: { window: [5, 10], protocol: ['blocked'] }, seeds: [1] } })
    expect(launched.status(), await launched.text()).toBe(200)
    const { runIds } = (await launched.json()) as { runIds: [string, string] }
    expect(runIds).toHaveLength(2)
    runs = runIds
    await expect.poll(async () => (await page.request.get(`${application.url}/api/answers/comparison?a=${runs[0]}&b=${runs[1]}`)).status(), { timeout: RUNS_MS, interval: 1000 }).toBe(200)
    comparison = await get<Comparison>(`/api/answers/comparison?a=${runs[0]}&b=${runs[1]}`)
  })

  it('says who is right how often, and whether it matters', async () => {
    const { counts, lines } = comparison
    expect(counts.a + counts.b + counts.both + counts.neither).toBe(lines)
    expect(lines).toBeGreaterThan(50)
    await visit(page, address())
    await page.getByRole('button', { name: cell(counts.a) }).waitFor()
    const statistics = page.getByRole('region', { name: 'Statistics' })
    await statistics.getByText('drawing').waitFor()
    expect(await statistics.getByRole('row').count()).toBe(5)
    expect(await statistics.innerText()).toMatch(/McNemar’s test .* exact p .*χ² = \d/s)
    expect(await statistics.getByRole('row', { name: /^Accuracy/ }).innerText()).toMatch(/0\.\d{4} \[0\.\d{4}, [01]\.\d{4}\]/)
    await list().waitFor()
    expect(await listed()).toBe(counts.a + counts.b)
    await look(page, 'lines')
  })

  it('is read by keyboard: outcomes, lines, differences, the raw event', async () => {
    const { counts, lines } = comparison
    await page.keyboard.press('4')
    await expect.poll(listed).toBe(counts.a + counts.b + counts.neither)
    await page.keyboard.press('3')
    await expect.poll(listed).toBe(lines)
    await page.keyboard.press('j')
    await expect.poll(() => active().getAttribute('aria-rowindex')).toBe('2')
    await page.keyboard.press('n')
    await expect.poll(() => active().innerText()).toMatch(/A right, B wrong|B right, A wrong/)
    const difference = await active().getAttribute('aria-rowindex')
    await page.keyboard.press('k')
    await page.keyboard.press('n')
    await expect.poll(() => active().getAttribute('aria-rowindex')).toBe(difference)
    await page.keyboard.press('r')
    const raw = page.getByRole('region', { name: 'Raw event' })
    await raw.getByText('"auditID"').waitFor()
    await look(page, 'lines-raw')
    // The address follows a moment later.
    const inAddress = (): string => new URL(page.url()).searchParams.get('at') ?? ''
    await expect.poll(inAddress).not.toBe('')
    const before = inAddress()
    await page.keyboard.press('j')
    await expect.poll(inAddress).not.toBe(before)
    const at = inAddress()
    await raw.getByText(at).waitFor()
    // The same state on another day.
    await page.reload()
    await raw.getByText(at).waitFor()
    expect(await listed()).toBe(lines)
  })

  it('is narrowed by what differs, and goes to a file', async () => {
    await visit(page, address('&show=a,b,both,neither'))
    await page.getByRole('button', { name: 'by verb', exact: true }).click()
    const table = page.getByRole('table', { name: 'Differences by verb' })
    const row = table.getByRole('row').nth(1)
    const [verb = '', count = ''] = (await row.innerText()).split('\n')
    await row.getByRole('button').click()
    await expect.poll(() => new URL(page.url()).searchParams.get('verb')).toBe(verb)
    await expect.poll(listed).toBe(Number(count.replace(',', '')))
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()])
    const text = readFileSync(await download.path(), 'utf8')
    expect(text.trim().split('\r\n')).toHaveLength(Number(count.replace(',', '')) + 1)
    await page.getByRole('button', { name: `Take away verb: ${verb}` }).click()
    await expect.poll(listed).toBe(comparison.lines)
    await page.getByRole('button', { name: 'by context', exact: true }).click()
    await page.getByRole('table', { name: 'Differences by context' }).waitFor()
    await look(page, 'lines-by-context')
  })

  it('is turned round by a key, and "back" turns it back', async () => {
    await visit(page, address())
    await page.keyboard.press('w')
    await page.getByRole('button', { name: cell(comparison.counts.b) }).waitFor()
    expect(new URL(page.url()).searchParams.get('a')).toBe(runs[1])
    await page.goBack()
    await page.getByRole('button', { name: cell(comparison.counts.a) }).waitFor()
  })

  it('says why where it cannot be', async () => {
    await visit(page, `${application.url}/compare/lines?a=${runs[0]}&b=${runs[0]}`)
    await page.getByText('is asked for on both sides').waitFor()
    await visit(page, `${application.url}/compare/lines`)
    await page.getByText('Choose two runs').waitFor()
    await look(page, 'lines-empty')
  })

  it('leads from a model back to its data', async () => {
    const models = await get<{ id: string; runId: string | null }[]>('/api/models')
    const model = models.find((one) => one.runId === runs[0])
    expect(model).toBeDefined()
    await visit(page, `${application.url}/models/${model?.id}`)
    await page.getByRole('link', { name: 'Lineage' }).click()
    await page.waitForURL(`**/lineage/model/${model?.id}`)
    const picture = page.getByRole('region', { name: 'Lineage as a picture' })
    await picture.getByRole('link', { name: /sample/ }).waitFor()
    expect(await picture.getByRole('link').count()).toBe(4)
    expect(await page.getByRole('region', { name: 'Lineage as a list' }).getByRole('row').count()).toBe(6)
    await look(page, 'lineage')
  })

  it('fits 900 pixels in the dark', async () => {
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const [name, url] of [['lines-narrow', address('&raw=1')], ['lineage-narrow', `${application.url}/lineage/run/${runs[0]}`]] as const) {
      await visit(narrow.page, url)
      await narrow.page.getByRole('region').first().waitFor()
      await look(narrow.page, name)
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    }
    expect(narrow.faults).toEqual([])
  })
})
