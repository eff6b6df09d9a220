import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage } from './browser'

const RUNS = 10_000
/** Against a hang alone: times on a shared machine are no test. They are printed, and measured elsewhere. */
const SANE_MS = 5000

/** Waits in the page until it shows these texts and is painted; milliseconds from the next event of this type. */
const MEASURE = `window.measure = (type, wanted) => new Promise((resolve, reject) => {
  document.addEventListener(type, (event) => {
    const look = () => {
      if (wanted.every((text) => document.body.innerText.includes(text))) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)))
      else if (performance.now() - event.timeStamp > ${2 * SANE_MS}) reject(new Error('never shown: ' + wanted + ' in ' + document.body.innerText.slice(0, 2000)))
      else setTimeout(look)
    }
    look()
  }, { once: true, capture: true })
})`

describe('the table of ten thousand runs', () => {
  let database: TestDatabase
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let home = ''
  const timings: string[] = []

  beforeAll(async () => {
    database = await openTestDatabase()
    home = makeHome()
    await sql(`INSERT INTO datasets (id, name, source_name, state) VALUES ('many', 'many', 'many.jsonl', 'ready')`)
    await sql(
      `INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, axes, params, state, started_at, finished_at, engine, worker, tags, metrics, timings)
       SELECT 'many' || n, 'W = ' || (ARRAY[5,10,20,30,40,50,60,70,80,90,100])[n % 11 + 1] || ', seed ' || n, 'many', 'k8ntext', (ARRAY['paper','blocked'])[n % 2 + 1], n,
         jsonb_build_object('window', (ARRAY[5,10,20,30,40,50,60,70,80,90,100])[n % 11 + 1]), '{}', (ARRAY['done','done','done','failed']::run_state[])[n % 4 + 1], now(), now(), 'wasm', 'worker-' || n % 7, ARRAY['sweep'],
         jsonb_build_object('windowPartsF1', (n * 7919 % 10000) / 10000.0, 'lineMacroF1', (n * 104729 % 10000) / 10000.0, 'lineAccuracy', 0.9), jsonb_build_object('trainSeconds', n % 977, 'inferMillisPerLine', 0.2)
       FROM generate_series(1, ${RUNS}) n`,
    )
    application = await startApplication({ home, args: ['--no-worker'], env: { DATABASE_URL: database.address } })
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    page.setDefaultTimeout(10_000)
  })
  afterAll(async () => {
    console.log(`runs table, ${RUNS} runs: ${timings.join(', ')}`)
    await browser?.close()
    await application?.stop()
    await database?.close()
    removeHome(home)
  })

  const table = () => page.getByRole('table', { name: 'Runs' })
  const rowsDrawn = () => table().getByRole('row').count()
  const rowCount = async () => Number(await table().getAttribute('aria-rowcount')) - 1
  const firstRow = () => table().getByRole('row').nth(1).innerText()

  /** Does something in the page and notes how long it took until these texts were painted. */
  async function timed(name: string, event: 'keydown' | 'click', wanted: readonly string[], act: () => Promise<void>): Promise<void> {
    // Listening begins before the event is on its way: the two reach the page by different roads.
    await page.evaluate(`void (window.measured = window.measure('${event}', ${JSON.stringify(wanted)}))`)
    await act()
    const milliseconds = (await page.evaluate('window.measured')) as number
    timings.push(`${name} ${Math.round(milliseconds)} ms`)
    expect(milliseconds, name).toBeLessThan(SANE_MS)
  }

  it('paints, and draws only the rows in view', async () => {
    await page.goto(application.url)
    const began = performance.now()
    await page.goto(`${application.url}/runs`)
    await table().getByRole('row').nth(1).waitFor()
    timings.push(`first paint ${Math.round(performance.now() - began)} ms`)
    await page.getByText('10,000 of 10,000 runs', { exact: true }).waitFor({ timeout: 30_000 })
    timings.push(`all read ${Math.round(performance.now() - began)} ms`)
    expect(await rowCount()).toBe(RUNS)
    expect(await rowsDrawn()).toBeGreaterThan(10)
    expect(await rowsDrawn()).toBeLessThan(100)
    await page.evaluate(MEASURE)
  })

  it('filters with each key typed', async () => {
    const filter = page.getByLabel('Filter runs')
    await filter.focus()
    // Numbers that hold a 9, then 99, then 999: counted here, not read off the page.
    for (const typed of ['#9', '99', '999']) {
      const [before, key] = [typed.slice(0, -1), typed.slice(-1)]
      await filter.fill(before)
      await expect.poll(rowCount).toBe(matching(before))
      // Text that is filled in stays selected.
      await filter.press('End')
      const shown = matching(typed)
      await timed(`filter "${typed}" to ${shown}`, 'keydown', [`${shown.toLocaleString('en')} of 10,000 runs`], () => page.keyboard.press(key))
      expect(await rowCount()).toBe(shown)
      expect(await rowsDrawn()).toBeLessThan(100)
    }
    await filter.selectText()
    await timed('clear', 'keydown', ['10,000 of 10,000 runs'], () => page.keyboard.press('Delete'))
  })

  it('loses no key of somebody who types fast, and keeps the filter in the address', async () => {
    const filter = page.getByLabel('Filter runs')
    await filter.fill('')
    await filter.pressSequentially('w>=90 protocol=paper f1>.5 seed', { delay: 0 })
    expect(await filter.inputValue()).toBe('w>=90 protocol=paper f1>.5 seed')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('w>=90 protocol=paper f1>.5 seed')
    const wanted = Array.from({ length: RUNS }, (_, i) => i + 1).filter((n) => n % 11 >= 9 && n % 2 === 0 && (n * 7919) % 10_000 > 5000).length
    await expect.poll(rowCount).toBe(wanted)
    await page.reload()
    await page.getByText(`${wanted.toLocaleString('en')} of 10,000 runs`, { exact: true }).waitFor({ timeout: 30_000 })
    expect(await filter.inputValue()).toBe('w>=90 protocol=paper f1>.5 seed')
    await page.evaluate(MEASURE)
    await filter.fill('')
    await expect.poll(rowCount).toBe(RUNS)
    await expect.poll(() => new URL(page.url()).search).toBe('')
  })

  it('follows the address when another way leads there', async () => {
    await page.getByLabel('Filter runs').fill('w=60')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('w=60')
    await page.locator('nav a[href="/runs"]').first().click()
    await expect.poll(() => new URL(page.url()).search).toBe('')
    await expect.poll(() => page.getByLabel('Filter runs').inputValue()).toBe('')
    await expect.poll(rowCount).toBe(RUNS)
  })

  it('sorts by a column, both ways', async () => {
    await page.goto(`${application.url}/runs`)
    await page.getByText('10,000 of 10,000 runs', { exact: true }).waitFor({ timeout: 30_000 })
    await page.evaluate(MEASURE)
    const head = table().getByRole('columnheader').filter({ hasText: /^F1$/ })
    await timed('sort', 'click', ['0.9999'], () => head.getByRole('button').click())
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect(await firstRow()).toContain('0.9999')
    await timed('sort the other way', 'click', ['0.0000'], () => head.getByRole('button').click())
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect(await firstRow()).toContain('0.0000')
    expect(await rowsDrawn()).toBeLessThan(100)
  })

  it('filters what is sorted, selects all that is shown and groups it', async () => {
    await page.getByLabel('Filter runs').fill('w=100 protocol=blocked')
    const wanted = Array.from({ length: RUNS }, (_, i) => i + 1).filter((n) => n % 11 === 10 && n % 2 === 1).length
    await expect.poll(rowCount).toBe(wanted)
    await page.getByLabel('Select all runs shown').click()
    await page.getByText(`${wanted} runs selected`).waitFor()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await page.getByRole('button', { name: 'Group', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: 'state' }).click()
    await page.keyboard.press('Escape')
    // Groups follow the order of the rows, so that only the first need be in view.
    await page.getByText(/^state: (?:done|failed)/).first().waitFor()
    await expect.poll(rowCount).toBe(wanted + 2)
    expect(await rowsDrawn()).toBeLessThan(100)
  })

  it('shows the last run when scrolled to the end', async () => {
    await page.goto(`${application.url}/runs?sort=number`)
    await page.getByText('10,000 of 10,000 runs', { exact: true }).waitFor({ timeout: 30_000 })
    await table().evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await table().getByRole('link', { name: `#${RUNS}` }).waitFor()
    expect(await rowsDrawn()).toBeLessThan(100)
  })

  it('did all that without a fault', () => {
    expect(faults).toEqual([])
  })
})

/** Runs whose number, name or other text holds this, as the filter reads it. */
function matching(text: string): number {
  return Array.from({ length: RUNS }, (_, i) => i + 1).filter((n) => {
    const window = [5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100][n % 11] ?? 0
    return [`W = ${window}, seed ${n}`, `#${n}`, 'wasm', `worker-${n % 7}`, 'many', 'sweep'].some((part) => part.includes(text))
  }).length
}
