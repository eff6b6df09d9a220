import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyModel } from '@/lib/model/fixtures/tiny-model'
import { serialiseModel } from '@/lib/model/model-file'
import { closeDatabase } from '@/lib/store/database'
import { ensureDatabase } from '@/lib/store/ensure-database'
import { saveModel } from '@/lib/store/models'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage, visit, type Watched } from './browser'

const home = makeHome()
let application: Application
let browser: Browser
let watched: Watched
let page: Page
let stored: string

beforeAll(async () => {
  application = await startApplication({ home })
  process.env.AUDITWEAVE_HOME = home
  const database = await ensureDatabase()
  const model = tinyModel('tiny')
  const { json, weights } = serialiseModel(model)
  stored = (await saveModel({ name: 'tiny', manifest: json, weights })).id
  await database.release()
  await closeDatabase()
  browser = await openBrowser()
  watched = await openPage(browser, application.url)
  page = watched.page
})
afterAll(async () => {
  await browser?.close()
  await application?.stop()
  removeHome(home)
})

const defaults = async (): Promise<string[]> => ((await (await fetch(`${application.url}/api/models`)).json()) as { name: string; isDefault: boolean }[]).filter(({ isDefault }) => isDefault).map(({ name }) => name)

describe('the models room', () => {
  it('lists what ships and what runs left, the default first', async () => {
    await visit(page, `${application.url}/models`)
    await expect.poll(() => page.locator('main article h2').allTextContents()).toEqual(['linked', 'k8ntext-small', 'tiny'])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'k8ntext-small' }).click()
    await page.waitForURL('**/models/k8ntext-small')
  })

  it('shows what a model looks at, and keeps how it is shown in the address', async () => {
    await visit(page, `${application.url}/models/k8ntext-small`)
    const chart = page.getByRole('figure', { name: /shuffled/ })
    expect(await chart.locator('svg').getAttribute('aria-label')).toMatch(/^Importance: \S+ 0\.\d{4}/)
    await page.getByRole('combobox', { name: 'What is shuffled' }).selectOption('features')
    await page.getByRole('combobox', { name: 'What is lost' }).selectOption('macroF1')
    await page.waitForURL('**/k8ntext-small?measure=macroF1&by=features')
    await chart.getByText('objectRef.resource', { exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('draws the tree, deeper on demand, and hands it out whole', async () => {
    const tree = page.getByRole('img', { name: 'k8ntext-small as a decision tree' })
    const boxes = await tree.locator('g rect').count()
    await page.getByRole('combobox', { name: 'Levels of the tree' }).selectOption('2')
    await page.waitForURL('**depth=2')
    await expect.poll(() => tree.locator('g rect').count()).toBeLessThan(boxes)
    await tree.getByText(/^\d+ more$/).first().waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'DOT' }).click()])
    expect(download.suggestedFilename()).toBe('k8ntext-small-tree.dot')
    await page.getByText('of 5,051 unseen lines get the model’s label').waitFor()
  })
})

describe('a model that a run left', () => {
  it('is made the default by a key, and undone', async () => {
    await visit(page, `${application.url}/models/${stored}`)
    await page.keyboard.press('d')
    await page.getByText('tiny is the default.').waitFor()
    expect(await defaults()).toEqual(['tiny'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(defaults).toEqual(['linked'])
    await page.getByRole('button', { name: 'Make default' }).waitFor()
  })

  it('is archived and taken back; what is not known of it can be found out', async () => {
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('archived', { exact: true }).waitFor()
    // the message before this one may still stand there with an Undo of its own
    await page.getByText('tiny is archived.').locator('xpath=ancestor::*[.//button][1]').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Publish' }).waitFor()
    await page.getByRole('button', { name: 'Find out' }).click()
    // Its log is not here, which the worker says and the page shows.
    await page.getByText('The data set that tiny was trained on is not here any more').waitFor({ timeout: 60_000 })
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('is published for good, by its name', async () => {
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('tiny')
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('published', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /Back to draft|Delete/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('archived', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Back to draft' }).count()).toBe(0)
  })

  it('is deleted only by its name', async () => {
    await page.getByRole('button', { name: 'Delete…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('tiny')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.waitForURL('**/models')
    await expect.poll(() => page.locator('main article h2').allTextContents()).toEqual(['linked', 'k8ntext-small'])
  })

  it('leaves no fault behind, and nothing scrolls sideways at 900 pixels in the dark', async () => {
    expect(watched.faults).toEqual([])
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const path of ['models', 'models/k8ntext-small', 'models/linked']) {
      await visit(narrow.page, `${application.url}/${path}`)
      expect(await accessibilityFaults(narrow.page)).toEqual([])
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    }
    expect(narrow.faults).toEqual([])
  })
})
