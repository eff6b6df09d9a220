import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'
import { owed } from './owed'

const DELETES = 'verb == "delete" and count(resource == "pods") > 2'

/** The sample is asked. */
describe('the query room', () => {
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let dataset: string

  beforeAll(async () => {
    application = await startApplication()
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => expect(faults).toEqual([]))

  const address = (q = '', more = ''): string => `${application.url}/query?dataset=${dataset}${q ? `&q=${encodeURIComponent(q)}` : ''}${more}`
  const asked = (): string => new URL(page.url()).searchParams.get('q') ?? ''
  const grid = () => page.getByRole('grid', { name: 'Answers' })
  const listed = async (): Promise<number> => Number(await grid().getAttribute('aria-rowcount')) - 1
  const field = () => page.getByRole('textbox', { name: 'Query' })
  /** The query as it stands in the editor, spaces as they are written. */
  const written = async (): Promise<string> => (await page.locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' ')
  const suggestions = () => page.locator('.suggest-widget.visible .monaco-list-row')
  /** Waits for the answers and the editor; Monaco's own fields are none of React's, which `visit` waits for. */
  async function openRoom(url: string, shown: Page = page): Promise<void> {
    await shown.goto(url)
    await shown.getByText(/^[\d,]+ of 144 contexts/).waitFor()
    await shown.locator('.monaco-editor .view-lines').first().waitFor()
  }
  async function clear(): Promise<void> {
    await field().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
  }

  it('says what to do where there is no log', async () => {
    await visit(page, `${application.url}/query`)
    await page.getByText('There is no log to ask yet').waitFor()
    await look(page, 'query-empty', 'window')
  })

  it('reads a data set once, and lists everything where nothing is asked', async () => {
    await page.waitForTimeout(1000)
    dataset = ((await (await page.request.post(`${application.url}/api/datasets`, { data: { shipped: 'sample' } })).json()) as { id: string }).id
    await expect.poll(async () => ((await (await page.request.get(`${application.url}/api/datasets/${dataset}`)).json()) as { state: string }).state, { timeout: 60_000 }).toBe('ready')
    await openRoom(address())
    expect(await listed()).toBe(144)
  })

  it('completes a value from the data while it is typed, and runs by keys', async () => {
    await page.locator('.monaco-editor').waitFor()
    await page.keyboard.press('e')
    await page.keyboard.type('username == "al')
    await expect.poll(async () => (await suggestions().first().innerText()).includes('"alice"')).toBe(true)
    // How many lines have it stands beside it.
    expect(await suggestions().first().innerText()).toMatch(/alice"[^]*\d/)
    await page.keyboard.press('Enter')
    await expect.poll(written).toBe('username == "alice"')
    await page.keyboard.press('Control+Enter')
    await expect.poll(asked).toBe('username == "alice"')
    await expect.poll(listed).toBeLessThan(144)
    expect(await listed()).toBeGreaterThan(10)
    await page.keyboard.press('Escape')
    await page.keyboard.press('2')
    await page.getByText(/looked at/).first().waitFor()
    expect(new URL(page.url()).searchParams.get('tab') ?? 'plan').toBe('plan')
  })

  it('marks an error, and mends it by its quick fix', async () => {
    await clear()
    await page.keyboard.type('usernme == 5')
    await page.keyboard.press('Escape')
    await page.locator('.squiggly-error').waitFor()
    await page.getByRole('button', { name: /^Replace usernme by username/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    await field().focus()
    await page.keyboard.press('Control+.')
    await expect.poll(written).toBe('username == 5')
    // Mended once, it is wrong in another way.
    await page.locator('.squiggly-error').waitFor()
  })

  it('writes a query neatly', async () => {
    await clear()
    await page.keyboard.type('verb=="delete"   and count( resource=="pods")>2')
    await page.keyboard.press('Escape')
    await field().focus()
    await page.keyboard.press('Shift+Alt+f')
    await expect.poll(written).toBe(DELETES)
    await page.keyboard.press('Control+Enter')
    await expect.poll(asked).toBe(DELETES)
  })

  it('asks for a value of the answers by a click, and leaves it out with Alt', async () => {
    await openRoom(address('', '&tab=facets'))
    const facet = page.getByRole('region', { name: 'Verb' })
    const [row] = await facet.getByRole('listitem').all()
    const [value = '', count = ''] = ((await row?.innerText()) ?? '').split('\n')
    await row?.getByRole('button').first().click()
    await expect.poll(asked).toBe(`verb == "${value}"`)
    await expect.poll(listed).toBe(Number(count.replace(',', '')))
    await page.goBack()
    await expect.poll(listed).toBe(144)
    await facet.getByRole('button', { name: new RegExp(`^${value}`) }).click({ modifiers: ['Alt'] })
    await expect.poll(asked).toBe(`verb != "${value}"`)
    await expect.poll(listed).toBe(144 - Number(count.replace(',', '')))
    await look(page, 'query-1440', 'window')
  })

  it('asks for a stretch of time by a brush, by mouse and by keys', async () => {
    await openRoom(address())
    const brush = page.getByRole('slider', { name: /^Stretch of time/ })
    const box = await brush.boundingBox()
    if (!box) throw new Error('the histogram is not drawn')
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 4 })
    await page.mouse.up()
    await expect.poll(asked).toMatch(/^2026-\S+Z <= requestTime < 2026-\S+Z$/)
    await expect.poll(listed).toBeLessThan(144)
    const first = asked()
    await brush.focus()
    for (const key of ['Home', 'Shift+PageDown', 'Enter']) await page.keyboard.press(key)
    await expect.poll(asked).not.toBe(first)
    expect(asked().match(/requestTime/g)).toHaveLength(1)
    await page.getByRole('button', { name: 'All time' }).click()
    await expect.poll(asked).toBe('')
    await expect.poll(listed).toBe(144)
  })

  it('is saved under a name, opened, deleted and brought back', async () => {
    await openRoom(address(DELETES, '&tab=saved'))
    await page.keyboard.press('s')
    await page.getByLabel('Name').fill('Mass deletes')
    await page.getByLabel('Folder').fill('Hunting')
    await page.getByLabel('Description').fill('Who takes many pods away at once')
    await look(page, 'query-save', 'window')
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    const folder = page.getByRole('region', { name: 'Hunting' })
    await folder.getByText('Mass deletes').waitFor()
    await openRoom(address('', '&tab=saved'))
    await folder.getByRole('button', { name: /^Mass deletes/ }).click()
    await expect.poll(asked).toBe(DELETES)
    await folder.getByRole('button', { name: 'What to do with Mass deletes' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => folder.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await folder.getByText('Mass deletes').waitFor()
    await page.keyboard.press('4')
    await page.getByRole('tabpanel').getByText(DELETES).first().waitFor()
  })

  it('is the same on another day, and goes to files and the command line', async () => {
    await openRoom(address(DELETES, '&of=contexts'))
    const count = await listed()
    await page.reload()
    await expect.poll(listed).toBe(count)
    await expect.poll(written).toBe(DELETES)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
    expect(readFileSync(await download.path(), 'utf8').trim().split('\r\n')).toHaveLength(count + 1)
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('menuitem', { name: 'As a command line' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npx auditweave query \S+ 'verb == "delete" and count\(resource == "pods"\) > 2'$/)
  })

  it('is read by keys alone, and leads to what it found', async () => {
    await openRoom(address(DELETES))
    await page.keyboard.press('j')
    await expect.poll(() => grid().locator('[aria-selected="true"]').getAttribute('aria-rowindex')).toBe('2')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Take the suggestion of an error').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    // Without a stored reconstruction the line is what there is to open.
    await page.waitForURL(/\/datasets\/[^?]+\?q=/)
  })

  it('asks a stored reconstruction, and opens the context of an answer', async () => {
    const made = await page.request.post(`${application.url}/api/datasets/${dataset}/reconstructions`, { data: { model: 'none', method: 'linked' } })
    const { id } = (await made.json()) as { id: string }
    const room = address(DELETES, `&reconstruction=${id}`)
    await expect.poll(async () => {
      const run = await page.request.post(`${application.url}/api/queries/run`, { data: { reconstruction: id, text: DELETES } })
      return run.ok() ? (await run.text()).split('\n').filter((line) => line.includes('"linked":"stored"')).length : 0
    }, { timeout: 60_000, interval: 500 }).toBe(1)
    await openRoom(room)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/contexts/${id}/[^/]+$`))
  })

  it('answers quickly once the log is there', async () => {
    const began = performance.now()
    const response = await page.request.post(`${application.url}/api/queries/run`, { data: { dataset, text: DELETES } })
    const took = performance.now() - began
    const messages = (await response.text()).trim().split('\n').map((line) => JSON.parse(line) as { kind: string })
    expect(messages.map(({ kind }) => kind)).toEqual(['plan', 'histogram', 'facets', 'answers', 'end'])
    expect(took).toBeLessThan(owed(100))
    const refused = await page.request.post(`${application.url}/api/queries/run`, { data: { dataset, text: '__proto__.a == 1' } })
    expect(refused.status()).toBe(422)
  })

  it('fits a small dark screen', async () => {
    const { page: small, faults: smallFaults } = await openPage(browser, application.url, { width: 900, height: 1000 }, 'dark')
    await openRoom(address('verb != "get"'), small)
    await look(small, 'query-900-dark', 'window')
    await openRoom(address('', '&tab=examples'), small)
    await small.getByText('Deleted more than ten pods').click()
    await expect.poll(() => new URL(small.url()).searchParams.get('q')).toContain('> 10')
    expect(smallFaults).toEqual([])
    await small.context().close()
  })
})
