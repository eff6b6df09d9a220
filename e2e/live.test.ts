import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, makeHome, removeHome, startApplication, type Application } from './application'
import { accessibilityFaults, openBrowser, openPage, visit, type Watched } from './browser'

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const LOG = fileURLToPath(new URL('../datasets/incidents-a/audit.jsonl.gz', import.meta.url))
const PICTURES = process.env.AUDITWEAVE_PICTURES

let home = ''
let port = 0
let application: Application
let browser: Browser
let watched: Watched
let webhook: Server
const posted: { readonly id: string; readonly watch: string; readonly context: string }[] = []

const begin = (): Promise<Application> => startApplication({ home, args: ['--no-worker', '--receive-port', String(port), '--alert-webhook', `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`] })

beforeAll(async () => {
  home = makeHome()
  port = await freePort()
  webhook = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      posted.push(JSON.parse(text) as (typeof posted)[number])
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  ;[application, browser] = await Promise.all([begin(), openBrowser()])
  watched = await openPage(browser, application.url)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await application?.stop()
  webhook?.close()
  removeHome(home)
})

interface Live { readonly update: { readonly status: { readonly behind: number; readonly held: number; readonly pulse: { readonly events: number } | null }; readonly contexts: readonly { readonly id: string; readonly events: number }[] } | null }
const ask = async <T>(path: string, init?: RequestInit): Promise<T> => (await fetch(`${application.url}${path}`, { ...init, headers: { 'content-type': 'application/json' } })).json() as Promise<T>

async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 25_000; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const value = await read().catch(() => null)
    if (value !== null && done(value)) return value
    if (Date.now() > end) throw new Error(`In vain: ${what}: ${JSON.stringify(value)?.slice(0, 600)}`)
  }
}

function replay(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [BIN, 'replay', LOG, '--to', `http://127.0.0.1:${port}/audit`, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, AUDITWEAVE_HOME: home } })
}

async function ended(child: ChildProcess): Promise<string> {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`replay ended with ${code}: ${text}`)
  return text
}

async function picture(name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await watched.page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

const storedLines = (): string[] => readFileSync(join(home, 'live', '00000001.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => { const { auditID, stage } = JSON.parse(line) as { auditID: string; stage: string }; return `${auditID} ${stage}` })

describe('what comes in live', () => {
  it('grows on the page, and a watch raises an alert once', async () => {
    const { page } = watched
    await visit(page, `${application.url}/live`)
    await until('the engine', () => ask<Live>('/api/live'), ({ update }) => update !== null)
    expect(await accessibilityFaults(page)).toEqual([])
    await visit(page, `${application.url}/live/watches`)
    await page.keyboard.press('s')
    await page.getByText('watches added and switched on.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await picture('watches-1440')
    const made = await ask<{ id: string }>('/api/watches', { method: 'POST', body: JSON.stringify({ name: 'Any exec', query: 'verb == "create" and subresource == "exec"', severity: 'high' }) })
    expect(made.id).toMatch(/^[0-9a-z]{12}$/)
    await visit(page, `${application.url}/live`)
    const sending = replay(['--speed', '200'])
    const said = ended(sending)
    await page.getByRole('list', { name: 'Contexts' }).getByRole('link').first().waitFor({ timeout: 15_000 })
    const early = await page.getByRole('heading', { name: /^Contexts/ }).textContent()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: /Go on/ }).waitFor()
    await page.keyboard.press('p')
    sending.kill('SIGTERM')
    await said.catch(() => undefined)
    await ended(replay(['--speed', 'max']))
    await until('all linked', () => ask<Live>('/api/live'), ({ update }) => update?.status.behind === 0 && update.status.held > 5000)
    await page.waitForFunction((before) => document.querySelector('main h2')?.textContent !== before, early)
    const alerts = await until('alerts', () => ask<{ watch: string; contextId: string; delivery: string }[]>('/api/live/alerts?limit=1000'), (found) => found.some(({ watch }) => watch === 'Any exec') && found.every(({ delivery }) => delivery === 'sent'))
    expect(new Set(alerts.map(({ watch, contextId }) => `${watch} ${contextId}`)).size).toBe(alerts.length)
    expect(posted.map(({ watch, context }) => `${watch} ${context}`).sort()).toEqual(alerts.map(({ watch, contextId }) => `${watch} ${contextId}`).sort())
    await picture('live-1440')
  })

  it('is acknowledged with a key, and that is undone', async () => {
    const { page } = watched
    const open = async (): Promise<number> => (await ask<unknown[]>('/api/live/alerts?state=open&limit=1000')).length
    const before = await open()
    await page.keyboard.press('a')
    await until('acknowledged', open, (count) => count === before - 1)
    await page.getByText(/acknowledged\.$/).first().waitFor()
    await page.keyboard.press('Control+z')
    await until('taken back', open, (count) => count === before)
  })

  it('opens a context by keys, and looks right in the dark at 900 pixels', async () => {
    const { page } = watched
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/live\/ctx-/)
    const found: string[] = []
    await page.getByRole('tab').first().waitFor()
    found.push(...(await accessibilityFaults(page)))
    await picture('context-1440')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 900, height: 900 })
    await visit(page, `${application.url}/live`)
    await page.getByRole('list', { name: 'Contexts' }).getByRole('link').first().waitFor()
    found.push(...(await accessibilityFaults(page)))
    await picture('live-900-dark')
    await visit(page, `${application.url}/live/set-up`)
    found.push(...(await accessibilityFaults(page)))
    await picture('set-up-900-dark')
    expect(found).toEqual([])
    expect(watched.faults).toEqual([])
  })

  it('survives SIGKILL: every acknowledged event once, every alert once', async () => {
    const before = await ask<{ id: string }[]>('/api/live/alerts?limit=1000')
    const there = storedLines().length
    const sending = replay(['--speed', 'max'])
    const said = ended(sending)
    await until('some of it', async () => storedLines().length, (lines) => lines > there + 400)
    application.process.kill('SIGKILL')
    await once(application.process, 'exit')
    application = await begin()
    await said
    await until('all linked', () => ask<Live>('/api/live'), ({ update }) => update?.status.behind === 0 && update.status.held > 5000)
    const lines = storedLines()
    expect(new Set(lines).size).toBe(lines.length)
    const alerts = await until('posted', () => ask<{ id: string; watch: string; contextId: string; delivery: string }[]>('/api/live/alerts?limit=1000'), (found) => found.length > before.length && found.every(({ delivery }) => delivery === 'sent'))
    expect(new Set(alerts.map(({ watch, contextId }) => `${watch} ${contextId}`)).size).toBe(alerts.length)
    expect(before.filter(({ id }) => !alerts.some((alert) => alert.id === id))).toEqual([])
  })
})
