import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { makeHome, removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'
import { owed } from './owed'

const MANY = 100_000
const LARGE = 'ctx-00000000000000aa'
/** A frame of panning and zooming: 95 in 100 are no slower, on a machine that has nothing else to do. */
const OWED_FRAME_MS = 40
const STEPS = 40

/** One context of a hundred thousand events: a deployment's pods over some minutes, in bursts. */
async function storeLarge(): Promise<void> {
  await sql(`INSERT INTO datasets (id, name, source_name, state, events) VALUES ('large', 'large', 'large.jsonl', 'ready', ${MANY})`)
  await sql(`INSERT INTO reconstructions (id, dataset_id, method, state, finished_at, figures) VALUES ('large', 'large', 'linked', 'done', now(), '{}')`)
  await sql(`INSERT INTO events (dataset_id, seq, audit_id, stage, received_micros, level, verb, username, api_group, resource, subresource, namespace, name, code, body)
    SELECT 'large', n, 'e' || n, 'ResponseComplete', at, 'Metadata', verb, who, '', kind, NULL, 'shop', 'web-' || n % 5000, 200,
      jsonb_build_object('auditID', 'e' || n, 'stage', 'ResponseComplete', 'level', 'Metadata', 'verb', verb, 'requestURI', '/api', 'user', jsonb_build_object('username', who, 'uid', NULL, 'groups', '[]'::jsonb, 'extra', NULL), 'impersonatedUser', NULL,
        'sourceIPs', '["10.0.0.1"]'::jsonb, 'userAgent', 'test', 'objectRef', jsonb_build_object('resource', kind, 'namespace', 'shop', 'name', 'web-' || n % 5000, 'uid', NULL, 'apiGroup', '', 'apiVersion', 'v1', 'resourceVersion', NULL, 'subresource', NULL),
        'responseStatus', jsonb_build_object('code', 200, 'status', NULL, 'reason', NULL, 'message', NULL), 'requestObject', NULL, 'responseObject', NULL, 'annotations', NULL, 'requestReceivedTimestamp', NULL, 'stageTimestamp', NULL, 'receivedMicros', at, 'stageMicros', at + 900)
    FROM (SELECT n, 1767225600000000 + n * 3000::bigint + (n / 9000) * 40000000::bigint AS at, (ARRAY['create','patch','update','get','delete'])[1 + (n * 7 + n / 13) % 5] AS verb, CASE WHEN n = 0 THEN 'alice' ELSE 'system:node:node-' || n % 23 END AS who, (ARRAY['pods','configmaps','secrets'])[1 + n % 3] AS kind FROM generate_series(0, ${MANY - 1}) n) g`)
  await sql(`INSERT INTO reconstructed_lines (reconstruction_id, seq, audit_id, stage, role, confidence, context_id, links)
    SELECT 'large', n, 'e' || n, 'ResponseComplete', CASE WHEN n = 0 THEN 'trigger' ELSE 'consequence' END::line_role, 0.97, '${LARGE}', CASE WHEN n = 0 THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('rule', 'owner', 'key', 'replicasets shop/web', 'to', 'e' || n / 2, 'score', 0.97)) END FROM generate_series(0, ${MANY - 1}) n`)
  await sql(`INSERT INTO contexts (reconstruction_id, id, trigger_audit_id, trigger_micros, username, verb, resource, namespace, name, events, lines, first_micros, last_micros, members)
    VALUES ('large', '${LARGE}', 'e0', 1767225600000000, 'alice', 'create', 'pods', 'shop', 'web-0', ${MANY}, ${MANY}, 1767225600000000, 1767225600000000 + 900000000, ARRAY['e0'])`)
}

describe('a context', () => {
  let database: TestDatabase
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  let home = ''
  let reconstruction = ''
  let scaled = ''

  beforeAll(async () => {
    database = await openTestDatabase()
    home = makeHome()
    await storeLarge()
    application = await startApplication({ home, env: { DATABASE_URL: database.address } })
    browser = await openBrowser()
    const watched = await openPage(browser, application.url)
    page = watched.page
    faults = watched.faults
    page.setDefaultTimeout(15_000)
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    await database?.close()
    if (home) removeHome(home)
  })
  afterEach(() => expect(faults).toEqual([]))

  const address = (context: string, query = ''): string => `${application.url}/contexts/${reconstruction}/${context}${query}`
  const param = (name: string): string | null => new URL(page.url()).searchParams.get(name)

  it('is found in a log that was captured', async () => {
    const { id } = (await (await page.request.post(`${application.url}/api/datasets`, { data: { shipped: 'incidents-a' } })).json()) as { id: string }
    await expect.poll(async () => (await sql<{ state: string }>('SELECT state FROM datasets WHERE id = $1', [id]))[0]?.state, { timeout: 90_000 }).toBe('ready')
    const begun = await page.request.post(`${application.url}/api/datasets/${id}/reconstructions`, { data: { model: 'none', method: 'linked' } })
    expect(begun.status(), await begun.text()).toBe(200)
    reconstruction = ((await begun.json()) as { id: string }).id
    await expect.poll(async () => (await sql<{ state: string }>('SELECT state FROM reconstructions WHERE id = $1', [reconstruction]))[0]?.state, { timeout: 120_000 }).toBe('done')
    scaled = (await sql<{ id: string }>(`SELECT id FROM contexts WHERE reconstruction_id = $1 AND subresource = 'scale' ORDER BY events DESC LIMIT 1`, [reconstruction]))[0]?.id ?? ''
    expect(scaled).toMatch(/^ctx-/)
  }, 240_000)

  it('begins with the sentence, and is read by keys alone', async () => {
    await visit(page, address(scaled))
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/scaled deployment payments\/xmr-\S+ from 4 to 8: 4 pods created, scheduled on 3 nodes and started/)
    for (let i = 0; i < 4; i++) await page.keyboard.press('j')
    const event = page.getByRole('complementary', { name: 'Event' })
    await event.getByText(/own object|owner/).first().waitFor()
    await expect.poll(() => param('event')).not.toBeNull()
    await page.keyboard.press('r')
    await event.getByRole('region', { name: 'Raw event' }).getByText('"auditID"').waitFor()
    await look(page, 'context-timeline', 'window')
    await page.keyboard.press('r')
    await page.keyboard.press('+')
    await expect.poll(() => param('zoom')).not.toBeNull()
    const link = page.url()
    await page.keyboard.press('0')
    await expect.poll(() => param('zoom')).toBeNull()
    await visit(page, link)
    expect(await event.getByRole('button', { name: /^follows/ }).count()).toBeGreaterThan(0)
  })

  it('shows effects as a tree, opened by keys', async () => {
    await visit(page, address(scaled, '?tab=effects'))
    const tree = page.getByRole('tree', { name: 'Effects by cause' })
    const pods = tree.getByRole('treeitem').filter({ hasText: 'create pods× 4' })
    expect(await pods.getAttribute('aria-level')).toBe('2')
    const before = await tree.getByRole('treeitem').count()
    await tree.focus()
    await page.keyboard.press('Home')
    while ((await tree.getAttribute('aria-activedescendant')) !== (await pods.getAttribute('id'))) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => tree.getByRole('treeitem').count()).toBeGreaterThan(before)
    await look(page, 'context-effects', 'window')
  })

  it('tells what changed, before and after', async () => {
    await visit(page, address(scaled))
    await page.keyboard.press('3')
    const changes = page.getByRole('region', { name: 'Changes of the object' })
    await changes.getByRole('row').filter({ hasText: 'spec.replicas' }).first().waitFor()
    await expect.poll(async () => (await changes.getByRole('row').filter({ hasText: /^spec\.replicas/ }).allInnerTexts()).some((text) => /4\s+→\s*8/.test(text))).toBe(true)
    expect(await changes.innerText()).not.toContain('managedFields')
    await look(page, 'context-changes', 'window')
  })

  it('draws a graph that can be saved, and lists every event', async () => {
    await page.keyboard.press('4')
    await page.getByRole('button', { name: /^action create pods, × 4/ }).waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG' }).click()])
    expect(file.suggestedFilename()).toBe('graph.svg')
    await look(page, 'context-graph', 'window')
    await page.keyboard.press('5')
    expect(Number(await page.getByRole('table', { name: 'Events' }).getAttribute('aria-rowcount'))).toBe(83)
    await look(page, 'context-events', 'window')
    for (const [format, within] of [['html', '<!doctype html>'], ['graphml', '<graphml'], ['dot', 'digraph'], ['json', '"members"']] as const) {
      const answer = await page.request.get(`${application.url}/api/reconstructions/${reconstruction}/contexts/${scaled}/download?format=${format}`)
      expect([answer.status(), (await answer.text()).includes(within)]).toEqual([200, true])
    }
  })

  it('is corrected by a key, says so, and takes it back', async () => {
    await visit(page, address(scaled))
    for (let i = 0; i < 5; i++) await page.keyboard.press('j')
    await page.keyboard.press('b')
    await page.getByText(/marked as background/).first().waitFor()
    await page.getByText(/Corrected by hand/).waitFor()
    await page.getByText('81 events', { exact: true }).first().waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('82 events', { exact: true }).first().waitFor()
    const here = page.url()
    await page.keyboard.press(']')
    await expect.poll(() => new URL(page.url()).pathname).not.toBe(new URL(here).pathname)
  })

  it('pans and zooms 100,000 events smoothly', async () => {
    await visit(page, `${application.url}/contexts/large/${LARGE}?scale=linear`)
    await page.getByText('100,000 events').first().waitFor()
    const canvas = page.locator('canvas')
    const box = await canvas.boundingBox()
    expect(box).not.toBeNull()
    await page.mouse.move((box?.x ?? 0) + 500, (box?.y ?? 0) + 60)
    await look(page, 'context-large', 'window')
    await page.evaluate(`window.frames_ = []; (function next(last) { requestAnimationFrame((now) => { window.frames_.push(now - last); next(now) }) })(performance.now())`)
    for (let i = 0; i < STEPS; i++) await page.mouse.wheel(i % 4 === 3 ? 120 : 0, i < STEPS / 2 ? -120 : 90)
    await page.mouse.down()
    for (let i = 0; i < STEPS; i++) await page.mouse.move((box?.x ?? 0) + 500 - i * 6, (box?.y ?? 0) + 60)
    await page.mouse.up()
    const frames = ((await page.evaluate('window.frames_')) as number[]).slice(2).sort((a, b) => a - b)
    const at = (share: number): number => frames[Math.floor((frames.length - 1) * share)] ?? 0
    console.log(`context of ${MANY} events, ${frames.length} frames of panning and zooming: median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms, slowest ${at(1).toFixed(1)} ms; ${await canvas.getAttribute('data-marks')} marks`)
    expect(Number(await canvas.getAttribute('data-marks'))).toBeLessThan(20_000)
    expect(at(0.95)).toBeLessThan(owed(OWED_FRAME_MS))
    await expect.poll(() => param('zoom')).not.toBeNull()
  })

  it('fits 900 pixels in the dark', async () => {
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const tab of ['timeline', 'changes', 'graph']) {
      await visit(narrow.page, address(scaled, `?tab=${tab}`))
      await narrow.page.keyboard.press('j')
      await look(narrow.page, `context-${tab}-narrow`, 'window')
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), tab).toBe(true)
    }
    expect(narrow.faults).toEqual([])
  })
})
