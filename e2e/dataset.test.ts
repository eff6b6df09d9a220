import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { openSource } from '@/lib/audit/source.node.ts'
import { closeDatabase } from '@/lib/store/database'
import { ensureDatabase } from '@/lib/store/ensure-database'
import { importDataset } from '@/lib/store/import-dataset'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage, visit, type Watched } from './browser'

const home = makeHome()
let application: Application
let browser: Browser
let watched: Watched
let page: Page
let dataset: string

beforeAll(async () => {
  application = await startApplication({ home })
  process.env.AUDITWEAVE_HOME = home
  const database = await ensureDatabase()
  const lines = gunzipSync(readFileSync('datasets/sample/audit.jsonl.gz')).toString('utf8').split('\n').slice(300, 600)
  dataset = (await importDataset(memorySource(lines.join('\n')), { name: 'part', truth: openSource('datasets/sample/truth.jsonl.gz'), truthName: 'truth.jsonl.gz' })).dataset.id
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

const section = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) })
const versions = async (): Promise<{ changed: boolean; versions: { number: number; counts: { labelled: number } }[] }> => (await (await fetch(`${application.url}/api/datasets/${dataset}/versions`)).json()) as never

describe('the page of a data set', () => {
  it('has a version from its import, and keeps a card that can be taken back', async () => {
    await visit(page, `${application.url}/datasets/${dataset}`)
    await section('Versions').getByText('The labels stand as in the newest version.').waitFor()
    await section('Card').getByText('nothing is said yet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: /^Licence/ }).fill('CC-BY-4.0')
    await page.getByRole('button', { name: 'Save the card' }).click()
    await section('Card').getByText('CC-BY-4.0').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), section('Card').getByRole('link', { name: 'Markdown' }).click()])
    expect(readFileSync(await download.path(), 'utf8')).toContain('## Licence\n\nCC-BY-4.0\n')
    await page.getByRole('button', { name: 'Undo' }).click()
    await section('Card').getByText('nothing is said yet').waitFor()
  })

  it('keeps splits with what they give away, and removes them to be undone', async () => {
    await page.getByRole('button', { name: 'New split…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('halves')
    await page.getByRole('combobox', { name: /^How/ }).selectOption('random')
    await page.getByRole('button', { name: 'Make the split' }).click()
    const row = section('Splits').getByRole('row', { name: /halves/ })
    await row.getByText('random, seed 1: 10% validation, 10% test').waitFor()
    await page.getByRole('button', { name: 'Remove the split halves' }).click()
    await section('Splits').getByText('No split yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
  })

  it('takes labels from a file, shows what changed, freezes and restores, each to be undone', async () => {
    const before = (await versions()).versions[0]?.counts.labelled ?? 0
    const { auditID } = JSON.parse(gunzipSync(readFileSync('datasets/sample/audit.jsonl.gz')).toString('utf8').split('\n')[310] ?? '') as { auditID: string }
    const label = { group: 'lab.example', resource: 'gizmos', subresource: '', verb: 'patch', namespaced: true, single: true }
    await page.getByLabel('Choose a file of labels').setInputFiles({ name: 'mine.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(JSON.stringify({ auditID, role: 'trigger', context: 'mine', label })) })
    await page.getByText('1 labels set from mine.jsonl.').waitFor()
    await section('Versions').getByText('Labels have changed since the newest version.').waitFor()
    await page.getByRole('button', { name: 'To now' }).click()
    await page.getByRole('region', { name: 'From version 1 to what stands now' }).getByText('patch gizmos.lab.example').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Freeze…' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('one of mine')
    await page.getByRole('button', { name: 'Freeze', exact: true }).click()
    await section('Versions').getByText('one of mine').waitFor()
    await section('Versions').getByRole('row', { name: /As imported/ }).getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Version 1 is back: 1 labels set, 0 cleared.').waitFor()
    expect((await versions()).changed).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(async () => (await versions()).changed).toBe(false)
    expect((await versions()).versions.map(({ number, counts }) => [number, counts.labelled])).toEqual([[2, before], [1, before]])
  })

  it('is made into a pseudonymised one, which says where it came from and is exported', async () => {
    await page.getByRole('button', { name: 'Make…' }).click()
    await page.getByRole('menuitem', { name: 'Pseudonymise for sharing…' }).click()
    await page.getByRole('textbox', { name: /^Key/ }).fill('a key that nobody guesses')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByText('Pseudonyms for names, addresses and hosts, under a key that is not kept', { exact: false }).first().waitFor({ timeout: 30_000 })
    await page.getByRole('heading', { name: 'part-shared' }).waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^K8NTEXT label/ }).click()])
    expect(download.suggestedFilename()).toBe('part-shared.k8ntext.jsonl.gz')
    const lines = gunzipSync(readFileSync(await download.path())).toString('utf8').trim().split('\n').map((line) => JSON.parse(line) as { label?: number })
    expect(lines).toHaveLength(300)
    expect(lines.every(({ label }) => Number.isInteger(label))).toBe(true)
    expect(watched.faults).toEqual([])
  })
})
