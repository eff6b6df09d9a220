import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BatchLine, LabellingLog, RequestLabel } from '@/lib/labelling/types'
import { makeLabel } from '@/lib/labels/codec'
import { labelKey } from '@/lib/labels/label-key'
import type { LabelParts } from '@/lib/labels/action-label'
import { freePort, makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage } from './browser'
import { look } from './look'
import { owed } from './owed'

const LAB_A = fileURLToPath(new URL('../datasets/lab-a/', import.meta.url))
/** `AUDITWEAVE_LABELLING=whole` labels and measures on all of lab-a with its suggestions; else a part is labelled, and keys are timed on all lines without them. */
const WHOLE = process.env.AUDITWEAVE_LABELLING === 'whole'
const PART = 4000
/** Events that the scripted annotator labels. */
const LABELLED = 2000
const KEY_MS = 50
const ROUNDS = 3
const SLOW_MS = 240_000

interface Truth { readonly role: string; readonly label: LabelParts | null }
interface Labels { readonly newest: number; readonly labels: readonly RequestLabel[]; readonly undo: readonly BatchLine[]; readonly redo: readonly BatchLine[] }

const lines = (name: string): string[] => gunzipSync(readFileSync(LAB_A + name)).toString('utf8').trimEnd().split('\n')

describe('labelling', () => {
  let home: string
  let port: number
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let part: string
  let whole: string
  let log: LabellingLog
  const truth = new Map<string, Truth>()
  const told: string[] = []

  const start = (): Promise<Application> => startApplication({ home, args: ['--port', String(port)] })
  const get = async <T>(path: string): Promise<T> => (await fetch(`${application.url}${path}`)).json() as Promise<T>
  const post = async <T>(path: string, body: unknown): Promise<T> => (await fetch(`${application.url}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).json() as Promise<T>
  const labels = (id: string): Promise<Labels> => get(`/api/datasets/${id}/labelling/labels?since=0`)

  /** Imports lines of the log alone: what is true of them stays unknown to the application. */
  async function importLog(name: string, bytes: string | Buffer): Promise<string> {
    const upload = await fetch(`${application.url}/api/uploads?name=audit.jsonl`, { method: 'POST', body: new Uint8Array(Buffer.from(bytes)) })
    const { id: uploadId } = (await upload.json()) as { id: string }
    const { id } = await post<{ id: string }>('/api/datasets', { name, uploadId, uploadName: 'audit.jsonl' })
    let state = 'importing'
    while (state === 'importing') {
      await new Promise((resolve) => { setTimeout(resolve, 300) })
      state = (await get<{ state: string }>(`/api/datasets/${id}`)).state
    }
    if (state !== 'ready') throw new Error(`The import of ${name} ended as ${state}.`)
    return id
  }

  beforeAll(async () => {
    home = makeHome()
    port = await freePort()
    application = await start()
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    for (const line of lines('truth.jsonl.gz')) {
      const { auditID, role, label } = JSON.parse(line) as Truth & { auditID: string }
      truth.set(auditID, { role, label })
    }
    const audit = lines('audit.jsonl.gz')
    part = await importLog('part', audit.slice(0, PART).join('\n'))
    whole = await importLog('whole', readFileSync(`${LAB_A}audit.jsonl.gz`))
    if (WHOLE) part = whole
  }, SLOW_MS)
  afterAll(async () => {
    console.log(`labelling, load ${loadavg()[0]?.toFixed(1)}: ${told.join('; ')}`)
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => {
    expect(faults).toEqual([])
  })


  /** What the reader sees of the line that the cursor is on. */
  const shownLine = (of: Page = page): Promise<{ line: number; shown: string; standing: string; many: number; likely: string[] }> => of.evaluate(`(() => {
    const box = document.querySelector('section[aria-label="Label"]')
    const row = document.querySelector('[role=grid] [role=row][class*="inset_3px"]')
    return { line: Number(row?.dataset.line ?? -1), shown: box?.dataset.shown ?? '', standing: box?.dataset.standing ?? '',
      many: Number(/all (\\d+)/.exec(box?.textContent ?? '')?.[1] ?? 1), likely: [...document.querySelectorAll('section[aria-label="Likely labels"] button')].map((one) => one.dataset.shown) }
  })()`)
  const press = (key: string, of: Page = page): Promise<void> => of.keyboard.press(key)
  const saved = (of: Page = page): Promise<void> => of.getByRole('status', { name: 'Saving' }).getByText('Saved', { exact: true }).waitFor({ timeout: 120_000 })
  async function open(id: string, more = '', of: Page = page): Promise<void> {
    await of.goto(`${application.url}/label/${id}${more}`)
    await of.getByRole('grid', { name: 'Log' }).getByRole('row').nth(3).waitFor({ timeout: 60_000 })
  }
  const suggested = (of: Page = page): Promise<void> => of.getByText(/suggested by/).waitFor({ timeout: SLOW_MS })
  const auditID = (line: number): string => log.auditIDs[log.request[line] ?? -1] ?? ''

  it('teaches before there is anything to label, and leads to a log', async () => {
    await page.goto(`${application.url}/label`)
    await page.getByRole('heading', { name: 'How it goes' }).waitFor()
    await look(page, 'choose', 'windows')
    await page.getByRole('link', { name: 'part' }).click()
    await page.getByRole('grid', { name: 'Log' }).waitFor()
    await suggested()
    log = await get<LabellingLog>(`/api/datasets/${part}/labelling/log`)
    expect(log.lines).toBe(WHOLE ? 54_354 : PART)
    await look(page, 'label', 'windows')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys on this page' }).getByText('Accept it for the whole context').waitFor()
    await page.keyboard.press('Escape')
  })

  it(`is ready for the next key within ${KEY_MS} ms with 54,354 lines`, async () => {
    const { page: one, faults: own } = await openPage(browser, application.url)
    // Making suggestions takes both cores for minutes; on the whole log they are there already.
    if (!WHOLE) await one.route('**/labelling/suggestions**', (route) => route.fulfill({ json: { state: 'ready', progress: null, error: null, columns: null } }))
    await open(whole, '', one)
    if (WHOLE) await suggested(one)
    await one.getByText('54,354 lines').waitFor()
    await one.waitForTimeout(1000)
    await one.evaluate(TIMING)
    // Each of these goes to another line; accepting does only where something is suggested.
    const keys = [...Array.from({ length: 30 }, () => ['b', 'j', 'r', 's', 'ArrowDown', ...(WHOLE ? ['Enter', 'Shift+Enter'] : [])]).flat(), ...Array.from({ length: 20 }, () => 'n')]
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS && !rounds.some((ms) => ms <= owed(KEY_MS)); round++) {
      await one.evaluate('window.times = []')
      for (const key of keys) {
        await press(key, one)
        await one.waitForFunction(() => (globalThis as unknown as { waiting: unknown }).waiting === null, null, { polling: 5, timeout: 10_000 })
      }
      const times = (await one.evaluate<number[]>('window.times')).sort((a, b) => a - b)
      expect(times.length).toBeGreaterThan(100)
      rounds.push(times[Math.floor(times.length * 0.95)] ?? Infinity)
      told.push(`${times.length} keys to the next line painted: median ${times[times.length >> 1]?.toFixed(1)} ms, 95 % within ${rounds.at(-1)?.toFixed(1)} ms (load ${loadavg()[0]?.toFixed(1)})`)
    }
    expect(Math.min(...rounds)).toBeLessThanOrEqual(owed(KEY_MS))
    await saved(one)
    expect(own).toEqual([])
    await one.context().close()
  })

  it('labels the first 2,000 events with at most a key for three lines, through a kill of the server', async () => {
    await open(part)
    await suggested()
    let [keys, killed, wrong] = [0, false, 0]
    const key = async (one: string): Promise<void> => { keys++; await press(one) }
    for (;;) {
      const { line, shown, many, likely } = await shownLine()
      if (line < 0 || line >= LABELLED) break
      const want = truth.get(auditID(line))
      const code = want?.label ? String(makeLabel(want.label).code) : (want?.role ?? 'background')
      const place = likely.indexOf(code)
      if (shown === code) await key(many > 1 ? 'Shift+Enter' : 'Enter')
      else {
        wrong++
        if (place >= 0) await key(String(place + 1))
        else if (!want?.label) await key('b')
        else {
          await key('l')
          await page.getByRole('combobox', { name: 'Find a label' }).waitFor()
          for (const letter of code) await key(letter)
          await key('Enter')
        }
      }
      // A line far away is drawn a frame later: until then none is the current one.
      await expect.poll(async () => { const now = (await shownLine()).line; return now >= 0 && now !== line }, { timeout: 10_000, interval: 5 }).toBe(true)
      if (!killed && line > LABELLED / 2) {
        killed = true
        await killAndStart()
      }
    }
    await saved()
    const { labels: all } = await labels(part)
    const given = new Map(all.map((label) => [label.auditID, label]))
    const first = [...new Set(log.request.slice(0, LABELLED))].map((request) => log.auditIDs[request] ?? '')
    const right = first.filter((id) => {
      const [is, want] = [given.get(id), truth.get(id)]
      return is !== undefined && is.standing === 'labelled' && (is.label && want?.label ? labelKey(is.label) === labelKey(want.label) : is.label === null && want?.label === null)
    })
    told.push(`${keys} keys for ${LABELLED} lines (${(LABELLED / keys).toFixed(1)} lines a key), ${wrong} suggestions not right, tuple accuracy ${(right.length / first.length).toFixed(4)}`)
    expect(killed).toBe(true)
    expect(keys).toBeLessThanOrEqual(LABELLED / 3)
    expect(right.length / first.length).toBeGreaterThanOrEqual(0.98)
    await look(page, 'labelled', 'windows')
  }, SLOW_MS)

  /** SIGKILL while an act is on its way; what was confirmed is there afterwards, and what was not goes out then. */
  async function killAndStart(): Promise<void> {
    await saved()
    const before = await labels(part)
    application.process.kill('SIGKILL')
    await once(application.process, 'exit')
    const { line } = await shownLine()
    await press('Enter')
    await page.getByText('Not saved: server away, trying again').waitFor({ timeout: 30_000 })
    // A reload is out of the question without a server: the act is in the browser's own store.
    expect(await page.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("auditweave.act.")).length')).toBe(1)
    application = await start()
    await saved()
    const after = await labels(part)
    const now = new Map(after.labels.map((label) => [label.auditID, label]))
    for (const label of before.labels) expect(now.get(label.auditID)).toEqual(label)
    expect(now.get(auditID(line))?.standing).toBe('labelled')
    // What the browser says of a server that is away is what was wanted here.
    for (let i = faults.length - 1; i >= 0; i--) if (/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_NETWORK/.test(faults[i] ?? '')) faults.splice(i, 1)
  }

  it('takes back and does again after a reload', async () => {
    const before = await labels(part)
    const [top] = before.undo
    await open(part)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await labels(part)).redo[0]?.id, { timeout: 10_000 }).toBe(top?.id)
    await saved()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await labels(part)).redo.length, { timeout: 10_000 }).toBe(2)
    await open(part)
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => (await labels(part)).undo[0]?.id, { timeout: 10_000 }).toBe(top?.id)
    const plain = ({ labels: all }: Labels): unknown => new Map(all.map(({ auditID: id, role, label, context, standing }) => [id, { role, label, context, standing }]))
    expect(plain(await labels(part))).toEqual(plain(before))
  })

  it('shows others what one does within a second, and leaves a choice where both were at it', async () => {
    const second = await openPage(browser, application.url)
    await second.page.request.put(`${application.url}/api/annotators/me`, { data: { name: 'Ben' } })
    await open(part, '', second.page)
    await open(part)
    await Promise.all([suggested(), suggested(second.page)])
    const { line } = await shownLine()
    expect((await shownLine(second.page)).line).toBe(line)
    await press('Enter', second.page)
    const began = performance.now()
    await page.locator(`[role=row][data-line="${line}"]`).getByText('labelled', { exact: true }).waitFor({ state: 'attached', timeout: 10_000 })
    const seen = performance.now() - began
    told.push(`others’ change seen after ${Math.round(seen)} ms`)
    expect(seen).toBeLessThan(owed(1000))
    await page.getByRole('region', { name: 'Label', exact: true }).getByText('Ben').waitFor()

    // Both label the same line before either hears of the other: the stream of one is held back.
    await page.route('**/labelling/labels?**', (route) => route.abort())
    await press('n', second.page)
    const next = (await shownLine(second.page)).line
    await press('b', second.page)
    await saved(second.page)
    await page.locator(`[role=row][data-line="${next}"]`).click()
    await press('l')
    await page.getByRole('combobox', { name: 'Find a label' }).fill('create pods')
    await press('Enter')
    const conflict = page.getByRole('alert', { name: 'Conflict' })
    await conflict.getByText('is not saved').waitFor()
    expect((await labels(part)).labels.find((label) => label.auditID === auditID(next))?.actor).toBe('Ben')
    await look(page, 'conflict', 'windows')
    await page.keyboard.press('Shift+M')
    await saved()
    const standing = async () => (await labels(part)).labels.find((label) => label.auditID === auditID(next))
    await expect.poll(async () => (await standing())?.label?.resource).toBe('pods')
    await page.unroute('**/labelling/labels?**')

    // An act that another has labelled over since is passed over by undo, and what lies before it is within reach.
    const [mine] = (await labels(part)).undo
    await second.page.locator(`[role=row][data-line="${next}"]`).click()
    await press('b', second.page)
    await expect.poll(async () => (await standing())?.actor).toBe('Ben')
    await page.keyboard.press('Control+z')
    await page.getByText('Undo stopped: Ben has labelled 1 of its requests since.').waitFor()
    await look(page, 'undo-stopped', 'windows')
    await page.keyboard.press('Shift+T')
    await expect.poll(async () => (await labels(part)).redo.some(({ id }) => id === mine?.id)).toBe(true)
    expect((await standing())?.actor).toBe('Ben')
    // What was cut off on purpose, and the refusal that was wanted, are no faults.
    faults.splice(0, faults.length, ...faults.filter((fault) => !/ERR_FAILED|status of 409/.test(fault)))
    expect(second.faults).toEqual([])
    await second.page.context().close()
  })

  it('lets rules take what they show, and takes it back', async () => {
    await open(part)
    const before = await labels(part)
    await page.getByRole('button', { name: 'Rules' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set lines apart by rules' })
    await dialog.getByText('would take').first().waitFor({ timeout: 30_000 })
    await look(page, 'rules', 'windows')
    await dialog.getByRole('button', { name: /^Take up to/ }).click()
    await expect.poll(async () => (await labels(part)).labels.filter(({ standing }) => standing === 'automatic').length, { timeout: 30_000 }).toBeGreaterThan(100)
    await dialog.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await labels(part)).labels.filter(({ standing }) => standing === 'automatic').length, { timeout: 30_000 }).toBe(0)
    expect((await labels(part)).labels.filter(({ standing }) => standing === 'labelled')).toHaveLength(before.labels.filter(({ standing }) => standing === 'labelled').length)
  })

  it('fits 900 pixels in the dark, with the event itself a key away', async () => {
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    await open(part, '?role=trigger', narrow.page)
    await press('Space', narrow.page)
    await narrow.page.getByRole('region', { name: 'Raw event' }).getByText('"auditID"').waitFor()
    expect.soft(await accessibilityFaults(narrow.page)).toEqual([])
    expect(await narrow.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    expect(narrow.faults).toEqual([])
  })
})

/** From the press of a key to the frame in which another line is the current one, painted. */
const TIMING = `(() => {
  window.times = []; window.waiting = null
  const current = () => document.querySelector('[role=grid] [role=row][class*="inset_3px"]')?.dataset.line
  addEventListener('keydown', (event) => { window.waiting = { at: event.timeStamp, line: current() } }, true)
  new MutationObserver(() => {
    const wait = window.waiting
    if (!wait || wait.seen || current() === undefined || current() === wait.line) return
    wait.seen = true
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => { window.times.push(performance.now() - wait.at); window.waiting = null }; channel.port2.postMessage(0) })
  }).observe(document.querySelector('[role=grid]'), { subtree: true, childList: true, attributes: true })
})()`
