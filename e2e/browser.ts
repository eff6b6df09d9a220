import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../tools/ensure-chromium.mjs'
import { stressContext, stressPage } from './stress.ts'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.')
  return chromium.launch({ executablePath, args: ARGS })
}

export interface Watched {
  readonly page: Page
  /** Console errors, page errors, failed and foreign requests: each is a fault. */
  readonly faults: string[]
}

/** A page whose console errors and requests to other hosts are kept as faults. */
export async function openPage(browser: Browser, origin: string, size = { width: 1440, height: 900 }, colorScheme: 'light' | 'dark' = 'light'): Promise<Watched> {
  const context = await browser.newContext({ viewport: size, colorScheme, acceptDownloads: true })
  await stressContext(context)
  const page = await context.newPage()
  await stressPage(page)
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) faults.push(`request to another host: ${url}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`)
  })
  return { page, faults }
}

/** Goes to an address and waits until React has taken every control over: what is done to one before is lost. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.waitForFunction(() => {
    // what Monaco makes is no part of React's tree
    const controls = [...document.querySelectorAll('main button, main input, main select, main textarea')].filter((control) => !control.closest('.monaco-editor'))
    // the frame of a page that is still being read has no controls that could be missed
    if (document.querySelector('[role="status"][aria-label="Loading"]')) return false
    // parts of a page arrive one after the other: it is whole when no control has come for a while
    const settling = document.documentElement.dataset
    if (settling.controls !== String(controls.length)) {
      settling.controls = String(controls.length)
      settling.since = String(performance.now())
      return false
    }
    if (performance.now() - Number(settling.since) < 300) return false
    return document.querySelector('main') !== null && controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactProps')))
  })
}

interface AxeResult { readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] }[] }

const SETTLE_MS = 1000

/** Accessibility faults of the page by axe-core's rules for WCAG 2.1 A and AA; a fault counts if it stays, since a page that is being refreshed has no title for a moment. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const faults = await axeFaults(page)
  if (faults.length === 0) return []
  await page.waitForTimeout(SETTLE_MS)
  return axeFaults(page)
}

async function axeFaults(page: Page): Promise<string[]> {
  // Injected through the debugger, so that the page's own policy against foreign scripts stays as strict as it is.
  await page.evaluate(axeSource)
  const result = (await page.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })')) as AxeResult
  return result.violations.map((violation) => `${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}
