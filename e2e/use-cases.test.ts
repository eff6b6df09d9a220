import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CASES } from '@/components/use-cases/cases'
import { readAudit } from '@/lib/audit/read'
import type { AuditEvent } from '@/lib/audit/event'
import { openSource } from '@/lib/audit/source.node.ts'
import { removeHome, startApplication, type Application } from './application'
import { openBrowser, openPage, visit } from './browser'
import { look } from './look'


/** The four cases, from nothing: the capture is imported by one button, and every figure is counted anew here. */
describe('the use cases', () => {
  let application: Application
  let browser: Browser
  let page: Page
  let faults: string[]
  const events: AuditEvent[] = []

  beforeAll(async () => {
    for await (const batch of readAudit(openSource('datasets/incidents-a/audit.jsonl.gz')).events) events.push(...batch)
    application = await startApplication()
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser, application.url))
  })
  afterAll(async () => {
    await browser?.close()
    await application?.stop()
    if (application) removeHome(application.home)
  })
  afterEach(() => expect(faults).toEqual([]))


  it('begin with one button, which is reached by keyboard', async () => {
    await visit(page, `${application.url}/use-cases`)
    await look(page, 'use-cases-empty')
    await page.getByRole('button', { name: 'Import incidents-a and find its contexts' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/Worked on incidents-a: 5,543 lines/).waitFor({ timeout: 60_000 })
    await look(page, 'use-cases')
  })

  it('find the component that is refused its lease, and the request behind it', async () => {
    await page.getByRole('link', { name: /Work it through.*A malfunctioning component/ }).click()
    await page.getByRole('heading', { level: 1, name: 'A malfunctioning component' }).waitFor()
    const refused = events.filter(({ objectRef, responseStatus }) => objectRef?.resource === 'leases' && responseStatus?.code === 401)
    await page.getByText(`asked ${refused.length} times for leases kube-system/cluster-autoscaler and was answered 401`).waitFor()
    await look(page, 'use-case-malfunction')
    const link = page.getByRole('main').getByRole('link', { name: /get leases kube-system\/cluster-autoscaler/ }).first()
    expect(await link.getAttribute('href')).toMatch(/^\/contexts\/[^/]+\/ctx-[0-9a-f]{16}$/)
    expect(await page.getByRole('link', { name: 'Ask it in the query room' }).getAttribute('href')).toMatch(/^\/query\?dataset=[^&]+&reconstruction=[^&]+&q=code\+%3D%3D\+401/)
  })

  it('fold alerts of Falco into contexts, whether they name an audit id or a time', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name: 'False alarms' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'False alarms' }).waitFor()
    await page.getByText('No Falco ran on this log').waitFor()
    await look(page, 'use-case-false-alarms')
    const tokens = events.filter(({ objectRef, verb }) => objectRef?.subresource === 'token' && verb === 'create').slice(0, 20)
    const lines = tokens.map((event, at) => JSON.stringify({
      rule: 'Token made', priority: 'Notice', source: 'k8s_audit', time: `${(event.stageTimestamp ?? '').slice(0, -1)}000Z`, output: 'a token', output_fields: { 'ka.user.name': event.user?.username, 'ka.uri': event.requestURI, ...(at % 2 === 0 ? { 'ka.auditid': event.auditID } : {}) },
    }))
    await page.getByLabel('Choose a file of alerts').setInputFiles({ name: 'falco.jsonl', mimeType: 'application/json', buffer: Buffer.from(`Falco is starting\n${lines.join('\n')}\n`) })
    await page.getByText(`${tokens.length} alerts,`).waitFor()
    await page.getByText(/Found by auditID: 10, by time: 10\. .*1 line held no alert/).waitFor()
    await look(page, 'use-case-false-alarms-folded')
    await page.getByLabel('Choose a file of alerts').setInputFiles({ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.from('<img src=x onerror=alert(1)>\n') })
    // a refusal is news to the reader, and no fault of the page
    await page.getByRole('alert').getByText('No line of the file is an alert').waitFor()
    expect(faults.splice(0).filter((fault) => !fault.includes('422'))).toEqual([])
  })

  it('tell who evaded detection, and in which order', async () => {
    await page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name: 'Evasion' }).click()
    const findings = page.getByRole('region', { name: 'Findings of carol' })
    await findings.getByText('nodes/proxy node-1').first().waitFor()
    for (const what of ['pods payments/debug-', 'pods/exec payments/debug-', 'pods/ephemeralcontainers payments/debug-', 'serviceaccounts/token kube-system/default', 'clusterrolebindings metrics-reader-', 'events payments']) expect(await findings.getByText(what).count(), what).toBeGreaterThan(0)
    await look(page, 'use-case-evasion')
  })

  it('follow a stolen token to what came of it', async () => {
    await page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name: 'Stolen token' }).click()
    const account = events.find(({ user }) => user?.username?.startsWith('system:serviceaccount:payments:'))?.user?.username ?? ''
    await page.getByRole('heading', { name: account }).waitFor()
    await page.getByText('a token was made for it by someone from outside the control plane').waitFor()
    const did = page.getByRole('region', { name: 'What the service account did' })
    expect(await did.getByRole('row').count()).toBe(1 + new Set(events.filter(({ user }) => user?.username === account).map(({ auditID }) => auditID)).size)
    await look(page, 'use-case-token')
  })

  it('keep case and log in the address, and read well at 900 pixels in the dark', async () => {
    const chosen = new URL(page.url()).searchParams.get('reconstruction')
    expect(chosen).toMatch(/^[A-Za-z0-9_-]+$/)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Evading detection' }).waitFor()
    const narrow = await openPage(browser, application.url, { width: 900, height: 900 }, 'dark')
    for (const { name, title } of CASES) {
      await visit(narrow.page, `${application.url}/use-cases/${name}?reconstruction=${chosen}`)
      await narrow.page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBeLessThanOrEqual(0)
      await look(narrow.page, `use-case-${name}-900-dark`)
    }
    expect(narrow.faults).toEqual([])
    await narrow.page.context().close()
  })
})
