import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { figureText, PART_NAMES } from '@/components/trust/part-text'
import { readRecords } from '@/lib/contexts/read-records'
import { groupNumbers } from '@/lib/experiments/compare/bootstrap'
import { measureAgreement, type AgreementReport } from '@/lib/labelling/agreement/measure'
import type { AgreementPart, Rating } from '@/lib/labelling/agreement/ratings'
import type { LabelParts } from '@/lib/labels/action-label'
import type { LabelChange, RequestLabel } from '@/lib/labelling/types'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'

const SAMPLE = 60
const WRONG = 6

type Truth = Rating & { readonly auditID: string; readonly role: NonNullable<Rating['role']>; readonly context: string | null; readonly label: LabelParts | null }

/** One data set, labelled twice, decided where the two differ, and checked. */
describe('how far labels are trusted', () => {
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let bob: BrowserContext
  let dataset: string
  let truth: Map<string, Truth>
  let assignment: { id: string; auditIDs: readonly string[] }
  /** What bob says of each request of his sample. */
  const said = new Map<string, Truth>()

  const address = (tab: string): string => `${application.url}/label/${dataset}/${tab}`
  const api = (path: string): string => `${application.url}/api/datasets/${dataset}/${path}`
  const read = async <T>(path: string, from = page.request): Promise<T> => {
    const response = await from.get(api(path))
    expect(response.status(), await response.text()).toBe(200)
    return (await response.json()) as T
  }
  const write = async (changes: readonly LabelChange[], more: { kind?: string; assignment?: string | null }, as = page.request): Promise<number> => {
    const response = await as.post(api('labelling/batches'), { data: { id: randomUUID(), kind: 'label', title: 'by the test', assignment: null, changes, ...more } })
    return response.status()
  }
  const change = (auditID: string, { role, label, context }: Omit<Truth, 'auditID'>): LabelChange => ({ auditID, act: { kind: 'label', role, label: label && { group: label.group, resource: label.resource, subresource: label.subresource ?? '', verb: label.verb, namespaced: label.namespaced, single: label.single }, context }, suggestion: null, seen: Number.MAX_SAFE_INTEGER })
  const shared = async (): Promise<Map<string, RequestLabel>> => new Map((await read<{ labels: RequestLabel[] }>('labelling/labels')).labels.map((label) => [label.auditID, label]))

  beforeAll(async () => {
    application = await startApplication()
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    bob = await browser.newContext()
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => expect(faults).toEqual([]))


  it('has a labelled log and two annotators', async () => {
    for (const [name, request] of [['ann', page.request], ['bob', bob.request]] as const) expect((await request.put(`${application.url}/api/annotators/me`, { data: { name } })).status()).toBe(200)
    dataset = ((await (await page.request.post(`${application.url}/api/datasets`, { data: { shipped: 'sample' } })).json()) as { id: string }).id
    await expect.poll(async () => ((await (await page.request.get(`${application.url}/api/datasets/${dataset}`)).json()) as { state: string }).state, { timeout: 60_000 }).toBe('ready')
    const file = fileURLToPath(new URL('../datasets/sample/truth.jsonl.gz', import.meta.url))
    truth = new Map((await readRecords(createReadStream(file), 'truth')).map((record) => [record.auditID as string, record as unknown as Truth]))
  })

  it('assigns a second labelling by keyboard', async () => {
    await visit(page, address('agreement'))
    await page.getByText('Nobody has been asked for a second opinion yet').waitFor()
    await look(page, 'trust-empty')
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Annotator').fill('bob')
    await dialog.getByLabel('Title').fill('A second look')
    await dialog.getByLabel('How many').fill(String(SAMPLE))
    await look(page, 'trust-assign')
    await dialog.getByRole('button', { name: 'Assign' }).click()
    const row = page.getByRole('list', { name: 'Second labellings' }).getByRole('listitem')
    await row.getByText('A second look').waitFor()
    expect(await row.innerText()).toMatch(/0 of 60/)
    const { assignments } = await read<{ assignments: { id: string; annotator: string }[] }>('assignments')
    expect(assignments).toMatchObject([{ annotator: 'bob' }])
    const id = assignments[0]?.id ?? ''
    assignment = { id, auditIDs: (await read<{ auditIDs: string[] }>(`assignments?assignment=${id}`, bob.request)).auditIDs }
    expect(new Set(assignment.auditIDs).size).toBe(SAMPLE)
  })

  it('keeps a blind labelling apart, to its annotator and its sample', async () => {
    const before = await shared()
    let wrong = 0
    for (const auditID of assignment.auditIDs) {
      const right = truth.get(auditID) as Truth
      const errs = wrong < WRONG && right.label !== null
      if (errs) wrong++
      said.set(auditID, errs && right.label !== null ? { ...right, label: { ...right.label, verb: right.label.verb === 'delete' ? 'create' : 'delete' } } : right)
    }
    const changes = [...said].map(([auditID, one]) => change(auditID, one))
    expect(await write(changes, { assignment: assignment.id })).toBe(403)
    const outside = [...truth.keys()].find((auditID) => !said.has(auditID)) ?? ''
    expect(await write([change(outside, truth.get(outside) as Truth)], { assignment: assignment.id }, bob.request)).toBe(403)
    expect(await write(changes, { assignment: assignment.id }, bob.request)).toBe(200)
    expect(await shared()).toEqual(before)
    await page.getByRole('list', { name: 'Second labellings' }).getByText(`${SAMPLE} of ${SAMPLE}`).waitFor()
  })

  it('shows the agreement that lib finds', async () => {
    const units = [...said.keys()].sort()
    const table = { raters: ['a', 'b'], ratings: [units.map((id) => truth.get(id) ?? null), units.map((id) => said.get(id) ?? null)] }
    const want: AgreementReport = await measureAgreement(table, { seed: 1, groups: groupNumbers(units.map((id) => truth.get(id)?.context ?? null)) })
    const all = page.getByRole('table', { name: 'Agreement of all' })
    const named = (part: AgreementPart): RegExp => new RegExp(`^${PART_NAMES[part]} `)
    for (const { part, percent, fleiss, alpha } of want.parts) {
      const row = (await all.getByRole('row', { name: named(part) }).innerText()).replaceAll(/\s+/g, ' ')
      for (const figure of [percent, fleiss, alpha]) expect(row, part).toContain(figureText(figure))
    }
    const pair = page.getByRole('table', { name: 'Agreement of the two' })
    for (const { part, kappa } of want.pairs) expect((await pair.getByRole('row', { name: named(part) }).innerText()).replaceAll(/\s+/g, ' '), part).toContain(figureText(kappa))
    expect(want.parts[0]?.percent.value).toBeCloseTo((SAMPLE - WRONG) / SAMPLE, 12)
    await look(page, 'trust-agreement')
  })

  it('opens the requests of a cell of the matrix by keyboard', async () => {
    await page.getByRole('button', { name: 'Verb class' }).click()
    const matrix = page.getByRole('table', { name: 'Disagreement matrix' })
    const cell = matrix.getByRole('button', { name: /against delete: [1-9]/ }).first()
    await cell.waitFor()
    await matrix.getByRole('button').first().focus()
    const [row = 0, column = 0] = ((await cell.getAttribute('data-cell')) ?? '').split(' ').map(Number)
    for (let step = 0; step < row; step++) await page.keyboard.press('ArrowDown')
    for (let step = 0; step < column; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const requests = page.getByRole('region', { name: 'Requests of the cell' })
    await requests.getByRole('link', { name: 'Review these' }).waitFor()
    const href = (await requests.getByRole('listitem').first().getByRole('link').getAttribute('href')) ?? ''
    expect(said.has(new URL(href, application.url).searchParams.get('at') ?? '')).toBe(true)
    await look(page, 'trust-cell')
  })

  it('decides by one key, and takes it back, also after a reload', async () => {
    await visit(page, address('review'))
    const list = page.getByRole('listbox', { name: 'Disagreements' })
    await page.getByRole('button', { name: `${WRONG} open` }).waitFor()
    expect(await list.getByRole('option').count()).toBe(WRONG)
    await look(page, 'trust-review')
    const decided = await page.getByTestId('side-b').innerText()
    await page.keyboard.press('2')
    await page.getByRole('button', { name: `${WRONG - 1} open` }).waitFor()
    const reviewed = [...(await shared()).values()].filter((label) => label.standing === 'reviewed')
    expect(reviewed).toMatchObject([{ actor: 'ann', label: { verb: decided.split(' ')[0] } }])
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: `${WRONG} open` }).waitFor()
    expect((await shared()).get(reviewed[0]?.auditID ?? '')).toMatchObject({ standing: 'labelled', actor: 'import' })
    await page.keyboard.press('1')
    await page.getByRole('button', { name: `${WRONG - 1} open` }).waitFor()
    await page.reload()
    await visit(page, address('review'))
    await page.getByRole('button', { name: '1 decided' }).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: `${WRONG} open` }).waitFor()
    await page.keyboard.press('l')
    await page.getByRole('combobox', { name: 'Find a label' }).fill('watch nodes')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `${WRONG - 1} open` }).waitFor()
    expect([...(await shared()).values()].filter((label) => label.standing === 'reviewed')).toMatchObject([{ label: { verb: 'watch', resource: 'nodes' } }])
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: 'Raw event' }).getByText('"auditID"').waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: `${WRONG} open` }).waitFor()
  })

  it('finds a planted contradiction and leads to its line', async () => {
    await visit(page, address('checks'))
    const finding = page.locator('[data-check="not-own-action"]')
    await finding.getByText('none').waitFor()
    await look(page, 'trust-checks-clean')
    const [auditID = '', right] = [...truth].find(([, one]) => one.role === 'trigger' && one.label !== null && !said.has(one.auditID)) ?? []
    const planted = { ...(right as Truth), label: { ...((right as Truth).label as LabelParts), resource: 'secrets', group: '', subresource: '' } }
    expect(await write([change(auditID, planted)], {})).toBe(200)
    // told over the live stream
    await finding.getByText('contradiction').waitFor()
    await finding.getByRole('button').click()
    const link = finding.getByRole('listitem').getByRole('link')
    expect(await link.innerText()).toMatch(/labelled \w+ secrets, but asks to/)
    const { findings } = await read<{ findings: { check: string; places: { seq: number; auditID: string }[] }[] }>('checks')
    const places = findings.find(({ check }) => check === 'not-own-action')?.places
    expect(places?.map((place) => place.auditID)).toEqual([auditID])
    expect(await link.getAttribute('href')).toBe(`/label/${dataset}?line=${places?.[0]?.seq}`)
    await page.getByLabel('Model').selectOption({ label: 'k8ntext-small' })
    await page.getByText(/was trained on [\d,]+ lines of lab-a/).waitFor()
    await look(page, 'trust-checks')
  })

  it('fits 900 pixels in the dark', async () => {
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const tab of ['agreement', 'review', 'checks?open=not-own-action']) {
      await visit(narrow.page, address(tab))
      await narrow.page.getByRole('navigation', { name: 'Labels of this data set' }).waitFor()
      await look(narrow.page, `trust-${tab.split('?')[0]}-narrow`)
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), tab).toBe(true)
    }
    expect(narrow.faults).toEqual([])
  })
})
