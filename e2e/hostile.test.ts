import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS, hostileLog } from '@/lib/export/testing/hostile-texts'
import { LABELLED_FORMATS } from '@/lib/export/labelled/format-about'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'

const APP = fileURLToPath(new URL('../app', import.meta.url))
const MARKUP = HOSTILE_TEXTS['script'] ?? ''
const evil = encodeURIComponent(`${MARKUP}${HOSTILE_TEXTS['breaker'] ?? ''}${HOSTILE_TEXTS['bidi'] ?? ''}${HOSTILE_TEXTS['ansi'] ?? ''}`)
/** What a page may hold but never show raw: it would reorder or hide what stands beside it. */
const RAW = /[^\P{Cc}\n\t]|\p{Bidi_Control}/u

interface Ids { dataset: string; reconstruction: string; context: string; other: string; notebook: string; shared: string; model: string }

/**
 * Every page, by its file: the addresses it is walked at, hostile parameters where it takes any. A new page without an entry fails the test.
 */
const PAGES: Readonly<Record<string, (ids: Ids) => readonly string[]>> = {
  '': () => ['/'],
  'compare': () => [`/compare?runs=${evil}&a=${evil}&by=${evil}`],
  'compare/lines': () => [`/compare/lines?a=${evil}&b=${evil}`],
  'contexts': () => [`/contexts?q=${evil}`],
  'contexts/[reconstruction]': ({ reconstruction }) => [`/contexts/${reconstruction}`, `/contexts/${reconstruction}?q=${evil}&sort=${evil}&group=${evil}`, `/contexts/${reconstruction}?group=user`],
  'contexts/[reconstruction]/[context]': ({ reconstruction, context, other }) => [`/contexts/${reconstruction}/${context}`, `/contexts/${reconstruction}/${context}?view=graph`, `/contexts/${reconstruction}/${other}`, `/contexts/${reconstruction}/${context}?event=${evil}&object=${evil}&view=${evil}`],
  'datasets': () => [`/datasets?q=${evil}`],
  'datasets/[id]': ({ dataset }) => [`/datasets/${dataset}`],
  'experiments': () => ['/experiments'],
  'experiments/[name]': ({ dataset }) => [`/experiments/window-size?dataset=${dataset}&note=${evil}`],
  'label': () => ['/label'],
  'label/[dataset]': ({ dataset }) => [`/label/${dataset}`, `/label/${dataset}?q=${evil}&line=1`],
  'label/[dataset]/agreement': ({ dataset }) => [`/label/${dataset}/agreement?assignment=${evil}`],
  'label/[dataset]/checks': ({ dataset }) => [`/label/${dataset}/checks?open=${evil}`],
  'label/[dataset]/review': ({ dataset }) => [`/label/${dataset}/review?at=${evil}`],
  'lineage/[kind]/[id]': ({ dataset, model }) => [`/lineage/dataset/${dataset}`, `/lineage/model/${model}`],
  'live': () => [`/live?q=${evil}`],
  'live/[context]': () => [],
  'live/watches': () => ['/live/watches', `/live/watches?name=${evil}&q=${evil}`],
  'live/set-up': () => [`/live/set-up?x=${evil}`],
  'models': () => [`/models?q=${evil}`],
  'models/[id]': ({ model }) => [`/models/${model}?tab=${evil}`],
  'notebooks/(list)': () => ['/notebooks'],
  'notebooks/[id]': ({ notebook }) => [`/notebooks/${notebook}`],
  'notebooks/shared/[token]': ({ shared }) => [`/notebooks/shared/${shared}`],
  'playground': () => [`/playground?q=${evil}&event=${evil}&model=${evil}`],
  'playground/train': () => [`/playground/train?preset=${evil}`],
  'query': ({ dataset, reconstruction }) => [`/query?dataset=${dataset}&q=${encodeURIComponent('verb == "create"')}`, `/query?dataset=${dataset}&reconstruction=${reconstruction}&q=${evil}`],
  'runs': () => [`/runs?q=${evil}&sort=${evil}&group=${evil}`],
  'runs/[id]': () => [],
  'sign-in': () => [`/sign-in?next=${encodeURIComponent('javascript:alert(1)')}&error=${evil}`],
  'use-cases': () => ['/use-cases'],
  'use-cases/[name]': ({ dataset }) => ['malfunction', 'false-alarms', 'evasion', 'stolen-token'].map((name) => `/use-cases/${name}?dataset=${dataset}`),
}
/** Ids that are none: the page says so, and shows none of it. */
const ABSENT = (['/runs/', '/contexts/', '/use-cases/', '/live/', '/datasets/', '/models/', '/notebooks/', '/lineage/run/', '/experiments/'] as const).map((path) => `${path}${evil.slice(0, 120)}`)

/** What was at fault; the browser's own word of a failed request tells no address, the response does. That a text is no query is an answer. */
const taken = (faults: string[]): string[] => faults.splice(0).filter((fault) => !fault.startsWith('console: Failed to load resource') && !/^422 from .*\/api\/queries\/run/.test(fault))

const pages = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => /(?:^|\/)page\.tsx$/.test(file)).map((file) => (dirname(file) === '.' ? '' : dirname(file)))

describe('a log whose every name is hostile', () => {
  const home = makeHome()
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let ids: Ids

  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await page.request.post(`${application.url}${path}`, { data: body })
    if (answer.status() >= 300) throw new Error(`${path} answered ${answer.status()}: ${(await answer.text()).slice(0, 300)}`)
    return (await answer.json()) as T
  }
  const read = async <T>(path: string): Promise<T> => (await page.request.get(`${application.url}${path}`)).json() as Promise<T>
  async function until<T>(ready: () => Promise<T | null>): Promise<T> {
    for (let tries = 0; tries < 300; tries++) {
      const found = await ready()
      if (found !== null) return found
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error('nothing came of it within a minute')
  }

  async function importLog(): Promise<string> {
    const upload = await page.request.post(`${application.url}/api/uploads?name=${encodeURIComponent('<img src=x onerror=alert(1)>.jsonl')}`, { data: Buffer.from(hostileLog()) })
    const { id: uploadId } = (await upload.json()) as { id: string }
    const { id } = await post<{ id: string }>('/api/datasets', { name: 'hostile', uploadId, uploadName: '<img src=x onerror=alert(1)>.jsonl' })
    await until(async () => ((await read<{ state: string }>(`/api/datasets/${id}`)).state === 'ready' ? id : null))
    return id
  }

  beforeAll(async () => {
    application = await startApplication({ home })
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser, application.url))
    page.on('response', (response) => { if (response.status() >= 400 && response.status() < 500) faults.push(`${response.status()} from ${response.url().slice(0, 200)}`) })
    page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); void dialog.dismiss() })
    const dataset = await importLog()
    const { id: reconstruction } = await post<{ id: string }>(`/api/datasets/${dataset}/reconstructions`, { model: 'none', method: 'linked' })
    const contexts = await until(async () => {
      const answer = await page.request.get(`${application.url}/api/reconstructions/${reconstruction}/contexts`)
      const found = answer.ok() ? ((await answer.json()) as { ids: string[] }).ids : []
      return found.length >= Object.keys(HOSTILE_TEXTS).length ? found : null
    })
    const markdown = `${Object.values(HOSTILE_TEXTS).map((text) => text.slice(0, 5000).replaceAll('\u0000', '')).join('\n\n')}\n\n[x](javascript:alert(1)) ![y](http://evil.example/i.png)`
    const { id: notebook } = await post<{ id: string }>('/api/notebooks', { title: MARKUP, markdown })
    const { token } = await post<{ token: string }>(`/api/notebooks/${notebook}/share`, {})
    const [model] = await read<{ id: string }[]>('/api/models')
    ids = { dataset, reconstruction, context: contexts[0] ?? '', other: contexts[Math.floor(contexts.length / 2)] ?? '', notebook, shared: token, model: model?.id ?? '' }
    for (const text of Object.values(HOSTILE_TEXTS)) {
      const short = text.slice(0, 100).replaceAll(/\p{Cc}/gu, '?')
      for (const [path, body] of [['/api/queries/saved', { name: short, text: `user.username == ${JSON.stringify(short)}`, description: short, datasetId: dataset }], ['/api/watches', { name: short, description: short, query: `user.username == ${JSON.stringify(short)}`, severity: 'high', enabled: true, notify: false }]] as const) {
        const answer = await page.request.post(`${application.url}${path}`, { data: body })
        expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(500)
      }
    }
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    removeHome(home)
  })

  /** What the page at `address` has that only a name could have put there. */
  async function intrusions(address: string): Promise<string[]> {
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')]
      const handlers = all.flatMap((node) => node.getAttributeNames().filter((name) => /^on/i.test(name)).map((name) => `${node.tagName} has ${name}`))
      const elements = all.filter((node) => node.matches('img[src="x"]') || (node.matches('h1, title') && node.textContent?.startsWith('owned'))).map((node) => `injected ${node.outerHTML.slice(0, 80)}`)
      const links = all.flatMap((node) => ['href', 'src', 'action', 'formaction', 'xlink:href'].flatMap((name) => {
        const value = node.getAttribute(name) ?? ''
        // React's own guard of forms that are not taken over yet
        if (value.startsWith('javascript:throw new Error(')) return []
        // a person's notebook may link elsewhere; nothing may be loaded from there
        return /^\s*(?:javascript|data:text\/html)/i.test(value) || (name === 'src' && value.includes('evil.example')) ? [`${node.tagName} ${name} ${value.slice(0, 80)}`] : []
      }))
      return { strange: [...handlers, ...elements, ...links], text: document.body.innerText, title: document.title, wide: document.documentElement.scrollWidth - document.documentElement.clientWidth, global: Object.hasOwn(Object.prototype, 'polluted') }
    })
    const raw = RAW.exec(found.text)
    return [
      ...found.strange, ...(found.wide > 0 ? [`${found.wide} pixels wider than the window`] : []), ...(found.global ? ['the prototype of all objects is polluted'] : []),
      ...(raw ? [`shows a raw ${JSON.stringify(raw[0])} in ${JSON.stringify(found.text.slice(Math.max(0, raw.index - 40), raw.index + 20))}`] : []),
      ...(RAW.test(found.title) ? ['has a raw mark in its title'] : []),
    ].map((one) => `${address.slice(0, 60)}: ${one}`)
  }

  /** Files that links of the page lead to. */
  async function downloads(): Promise<string[]> {
    return page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('a[href^="/api/"], a[download]')].map((link) => link.href).filter((href) => !href.startsWith('blob:')))
  }

  it('has an entry for every page', () => {
    const written = Object.keys(PAGES).filter((name) => pages.includes(name))
    expect(written.sort()).toEqual(pages.sort())
  })

  it('passes through every page, and neither runs nor shows anywhere', async () => {
    const strange: string[] = []
    const files = new Set<string>()
    for (const [name, addresses] of Object.entries(PAGES)) {
      if (!pages.includes(name)) continue
      for (const address of addresses(ids)) {
        await visit(page, `${application.url}${address}`)
        strange.push(...(await intrusions(address)))
        for (const file of await downloads()) files.add(file)
        strange.push(...taken(faults).map((fault) => `${address.slice(0, 60)}: ${fault}`))
      }
    }
    expect(strange).toEqual([])
    for (const file of [...files, ...LABELLED_FORMATS.map((format) => `${application.url}/api/datasets/${ids.dataset}/export?format=${format}`), `${application.url}/api/reconstructions/${ids.reconstruction}/export`]) {
      const answer = await page.request.get(file)
      expect(answer.status(), file).toBe(200)
      const headers = answer.headers()
      expect(headers['content-disposition'], file).toMatch(/^attachment; filename="[^"\\\p{Cc}]+"(?:; filename\*=UTF-8''[\w.~%!-]+)?$/u)
      expect(headers['x-content-type-options'], file).toBe('nosniff')
      if (/json/.test(headers['content-type'] ?? '')) for (const line of (await answer.text()).split('\n').slice(0, 5)) if (line.startsWith('{"')) JSON.parse(line)
    }
  })

  it('is shown where it belongs, as text', async () => {
    await visit(page, `${application.url}/contexts/${ids.reconstruction}`)
    await page.getByText('<script>alert(1)</script>', { exact: false }).first().waitFor()
    await visit(page, `${application.url}/contexts/${ids.reconstruction}/${ids.context}`)
    await page.getByText('<script>alert(1)</script>', { exact: false }).first().waitFor()
    expect(taken(faults)).toEqual([])
  })

  it('is not repeated by pages of what is not there', async () => {
    for (const address of ABSENT) {
      const answer = await page.goto(`${application.url}${address}`)
      // a page that streams has said 200 before it knows
      expect(answer?.status() ?? 500, address).toBeLessThan(500)
      expect(await intrusions(address)).toEqual([])
      expect(taken(faults).filter((fault) => !/^40[04] from/.test(fault))).toEqual([])
    }
  })

  it('can be read in the playground, and fits 900 pixels in the dark', async () => {
    await visit(page, `${application.url}/playground?model=none`)
    await page.getByLabel('Choose an audit log').setInputFiles({ name: `${MARKUP.replaceAll('/', '')}.jsonl`, mimeType: 'application/jsonl', buffer: Buffer.from(hostileLog()) })
    await page.getByText('<script>alert(1)</script>', { exact: false }).first().waitFor()
    await page.setViewportSize({ width: 900, height: 900 })
    await page.emulateMedia({ colorScheme: 'dark' })
    const strange = await intrusions('playground')
    for (const address of [`/datasets/${ids.dataset}`, `/contexts/${ids.reconstruction}/${ids.context}`, `/query?dataset=${ids.dataset}&q=${encodeURIComponent('verb == "create"')}`, `/notebooks/${ids.notebook}`]) {
      await visit(page, `${application.url}${address}`)
      strange.push(...(await intrusions(address)))
    }
    expect([...strange, ...taken(faults)]).toEqual([])
  })
})
