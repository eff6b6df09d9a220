import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage, visit } from './browser'
import { owed } from './owed'

const MANY = 100_000
/** What the list owes its reader, on a machine that has nothing else to do. */
const OWED_KEY_MS = 150
const OWED_OPEN_MS = 3000
const SANE_MS = 15_000
const SHOTS = process.env.AUDITWEAVE_SCREENSHOTS
const HOSTILE = `<img src=x onerror=alert(1)>\u202E\u001B[31m`

/** Waits in the page until its count shows this text and is painted; milliseconds from the next event of this type. */
const MEASURE = `window.measure = (type, wanted) => new Promise((resolve, reject) => {
  document.addEventListener(type, (event) => {
    const shown = () => document.querySelector('main p[aria-live]')?.textContent ?? ''
    const look = () => {
      if (shown().includes(wanted)) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)))
      else if (performance.now() - event.timeStamp > ${SANE_MS}) reject(new Error('never shown: ' + wanted + ' in ' + shown()))
      else setTimeout(look)
    }
    look()
  }, { once: true, capture: true })
})`

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000 })

describe('the contexts of a log', () => {
  let database: TestDatabase
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let home = ''
  const told: string[] = []

  beforeAll(async () => {
    database = await openTestDatabase()
    home = makeHome()
    await sql(`INSERT INTO datasets (id, name, source_name, state, events) VALUES ('many', 'many', 'many.jsonl', 'ready', ${MANY})`)
    await sql(`INSERT INTO reconstructions (id, dataset_id, method, state, finished_at, figures) VALUES ('many', 'many', 'linked', 'done', now(), '{"lines": 300000, "background": 60000}')`)
    await sql(
      `INSERT INTO contexts (reconstruction_id, id, trigger_audit_id, trigger_micros, username, verb, resource, namespace, name, events, lines, first_micros, last_micros, members, label, lowest_confidence, followed, command)
       SELECT 'many', 'ctx-' || lpad(to_hex(n), 16, '0'), 'a' || n, 1767225600000000 + n * 700000::bigint, CASE WHEN n = 7 THEN $1 ELSE 'user-' || n % 40 END, (ARRAY['create','patch','delete','get'])[n % 4 + 1],
         (ARRAY['deployments','pods','secrets','configmaps','leases'])[n % 5 + 1], 'ns-' || n % 25, 'object-' || n, n % 30 + 1, n % 30 + 1, 1767225600000000 + n * 700000::bigint, 1767225600000000 + n * 700000::bigint + (n % 30) * 90000,
         ARRAY['a' || n], jsonb_build_object('group', '', 'resource', 'pods', 'subresource', '', 'verb', 'create', 'namespaced', true, 'single', true, 'code', n % 9), (n % 100) / 100.0,
         CASE WHEN n % 30 = 0 THEN '' ELSE (n % 30) || ' × patch pods/status' END, CASE WHEN n % 10 < 3 THEN 'cmd-' || n / 10 END
       FROM generate_series(1, ${MANY}) n`,
      [HOSTILE.replace('\u001B', '\u009B')],
    )
    application = await startApplication({ home, env: { DATABASE_URL: database.address } })
    const imported = await fetch(`${application.url}/api/datasets`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ shipped: 'sample' }) })
    expect(imported.status).toBe(200)
    while ((await sql(`SELECT FROM datasets WHERE name = 'sample' AND state = 'ready'`)).length === 0) await new Promise((resolve) => { setTimeout(resolve, 200) })
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    page.setDefaultTimeout(30_000)
  }, 240_000)
  afterAll(async () => {
    console.log(`contexts, ${MANY}: ${told.join('; ')}`)
    await browser?.close()
    await application?.stop()
    await database?.close()
    removeHome(home)
  })

  const table = () => page.getByRole('table', { name: 'Contexts' })
  const row = (index: number) => table().getByRole('row').nth(index)
  const rowCount = async () => Number(await table().getAttribute('aria-rowcount')) - 1
  const count = () => page.locator('main p[aria-live]').innerText()
  const inAddress = (name: string) => new URL(page.url()).searchParams.get(name)
  /** Does something in the page; milliseconds until the count showed this and was painted. */
  async function timed(event: 'keydown', wanted: string, act: () => Promise<void>): Promise<number> {
    // Listening begins before the event is on its way: the two reach the page by different roads.
    await page.evaluate(`void (window.measured = window.measure('${event}', ${JSON.stringify(wanted)}))`)
    await act()
    return (await page.evaluate('window.measured')) as number
  }
  const shot = async (name: string): Promise<void> => {
    if (!SHOTS) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: `${SHOTS}/${name}.png` })
  }

  it('are found, filtered and grouped by keys alone, from a data set that had none', async () => {
    await visit(page, `${application.url}/contexts`)
    await page.getByText('no context yet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: 'Find contexts' }).waitFor()
    expect(await page.getByRole('combobox', { name: /^Data set/ }).inputValue()).not.toBe('many')
    expect(await accessibilityFaults(page)).toEqual([])
    await shot('contexts-start-1440')
    await page.getByRole('combobox', { name: /^Model/ }).focus()
    await page.keyboard.type('none')
    expect(await page.getByRole('combobox', { name: /^Model/ }).inputValue()).toBe('none')
    await page.getByRole('button', { name: 'Find contexts', exact: true }).focus()
    await page.keyboard.press('Enter')
    const found = page.getByRole('region', { name: 'Reconstructions of sample' }).getByRole('link')
    await found.waitFor()
    // With figures against the truth that ships with the sample.
    await poll(() => page.getByRole('region', { name: 'Reconstructions of sample' }).innerText()).toMatch(/0\.9\d{3}|1\.0000/)
    expect(await found.innerText()).toMatch(/^[1-9][\d,]* contexts$/)
    await shot('contexts-room-1440')
    const href = await found.getAttribute('href')
    for (let at = 0; at < 3 && await page.locator(`[data-reconstruction="${href?.split('/').at(-1)}"][aria-current]`).count() === 0; at++) await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${href}`)
    await row(1).waitFor()
    const all = await rowCount()
    await page.keyboard.press('/')
    await page.keyboard.type('verb:create events>1')
    await poll(rowCount).toBeLessThan(all)
    await page.keyboard.press('Escape')
    await poll(() => inAddress('q')).toBe('verb:create events>1')
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await page.getByRole('menuitemcheckbox', { name: /^Resource/ }).waitFor()
    while (!(await page.evaluate(() => document.activeElement?.textContent ?? '')).startsWith('Resource')) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await poll(() => inAddress('group')).toBe('resource')
    await poll(() => row(1).innerText()).toMatch(/Resource: \w+[\s\S]*context/)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await poll(() => row(2).locator('a').count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await shot('contexts-grouped-1440')
    const address = page.url()
    await page.reload()
    await poll(() => row(1).innerText()).toMatch(/Resource: \w+/)
    expect(page.url()).toBe(address)
  }, 90_000)

  it('are a hundred thousand in one list that answers at once, names shown for what they are', async () => {
    const began = performance.now()
    await page.goto(`${application.url}/contexts/many`)
    await row(1).locator('a').waitFor()
    told.push(`list opened in ${Math.round(performance.now() - began)} ms`)
    expect(performance.now() - began).toBeLessThan(owed(OWED_OPEN_MS))
    await poll(rowCount).toBe(MANY)
    expect(await table().getByRole('row').count()).toBeLessThan(80)
    await poll(() => row(7).innerText()).toContain('<img src=x onerror=alert(1)>')
    await poll(() => row(7).innerText()).toContain('<U+202E>')
    await page.evaluate(MEASURE)
    await page.waitForTimeout(800)
    await page.getByLabel('Filter contexts').fill('user:user-3')
    await poll(count).toMatch(/^27,500 of/)
    const typed = await timed('keydown', '2,500 of 100,000', () => page.getByLabel('Filter contexts').press('9'))
    told.push(`filter ${Math.round(typed)} ms`)
    expect(typed).toBeLessThan(owed(OWED_KEY_MS))
    await page.getByLabel('Filter contexts').fill('')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Group', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: /^User/ }).click()
    await page.keyboard.press('Escape')
    await poll(count).toContain('in 41 groups')
    await poll(() => row(1).innerText()).toMatch(/User: user-\d+/)
    await shot('contexts-many-1440')
    await visit(page, `${application.url}/contexts/many?group=command`)
    await poll(() => row(1).innerText()).toMatch(/Alone|Command: user-/)
    await visit(page, `${application.url}/contexts/many?sort=-events&brush=time:1767225700000..1767225800000`)
    await poll(count).toMatch(/^1(4[0-9]|5[0-9]) of 100,000/)
    const slider = page.getByRole('slider', { name: 'Time, highest kept' })
    await slider.focus()
    await page.keyboard.press('Delete')
    await poll(count).toMatch(/^100,000 of/)
  }, 60_000)

  it('are saved as shown, and what a spreadsheet would compute is text', async () => {
    await visit(page, `${application.url}/contexts/many?q=name%3Dobject-7`)
    await poll(count).toMatch(/^1 of/)
    await page.getByRole('button', { name: 'Export' }).click()
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
    const text = readFileSync(await saved.path(), 'utf8')
    expect([saved.suggestedFilename(), text.trimEnd().split('\r\n').length, text.includes('\u202E')]).toEqual(['contexts-many.csv', 2, false])
  })

  it('are merged and confirmed by keys, say so, and are parted again', async () => {
    await visit(page, `${application.url}/contexts`)
    const id = (await page.getByRole('region', { name: 'Reconstructions of sample' }).getByRole('link').getAttribute('href') ?? '').split('/').at(-1) ?? ''
    await visit(page, `${application.url}/contexts/${id}`)
    await row(1).locator('a').waitFor()
    const all = await rowCount()
    for (const key of ['j', 'x', 'j', 'x', 'm']) await page.keyboard.press(key)
    await poll(rowCount).toBe(all - 1)
    await poll(() => row(1).innerText()).toContain('merged by owner')
    await page.keyboard.press('Control+z')
    await poll(rowCount).toBe(all)
    for (const key of ['x', 'y']) await page.keyboard.press(key)
    await poll(() => table().innerText()).toContain('confirmed by owner')
    expect(await sql(`SELECT act::text FROM context_corrections WHERE reconstruction_id = $1 ORDER BY number`, [id])).toEqual([{ act: 'merge' }, { act: 'undo' }, { act: 'confirm' }])
  })

  it('are asked for by name before they go', async () => {
    await visit(page, `${application.url}/contexts`)
    await page.getByRole('region', { name: 'Reconstructions of many' }).getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('many')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await poll(async () => (await sql(`SELECT FROM reconstructions WHERE id = 'many'`)).length).toBe(0)
    await poll(() => page.getByText('no context yet').count()).toBe(1)
  })

  it('stand in the dark on a narrow page', async () => {
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    page = narrow.page
    await visit(page, `${application.url}/contexts`)
    await shot('contexts-room-900-dark')
    await page.getByRole('region', { name: 'Reconstructions of sample' }).getByRole('link').click()
    await row(1).locator('a').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await shot('contexts-list-900-dark')
    expect([...faults, ...narrow.faults]).toEqual([])
  })
})
