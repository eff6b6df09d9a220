import type { BrowserContext, Page } from 'playwright-core'

/**
 * What a loaded machine does, on purpose: `AUDITWEAVE_STRESS=timers,answers,processor` runs the
 * browser tests with timers that come late, answers that overtake each other, and a slow processor.
 */
const KINDS = new Set((process.env.AUDITWEAVE_STRESS ?? '').split(',').filter(Boolean))
const LATE_MS = 120
const ANSWER_MS = 400
const TIMES_SLOWER = 4

export async function stressContext(context: BrowserContext): Promise<void> {
  if (KINDS.has('timers')) await context.addInitScript(lateTimers, LATE_MS)
  if (KINDS.has('answers')) {
    await context.route('**/api/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * ANSWER_MS))
      // The page may be gone by then.
      await route.continue().catch(() => undefined)
    })
  }
}

export async function stressPage(page: Page): Promise<void> {
  if (!KINDS.has('processor')) return
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: TIMES_SLOWER })
}

/** Runs in the page: input comes before timers that are due, as it does on a busy processor. */
function lateTimers(lateMs: number): void {
  const original = window.setTimeout.bind(window)
  window.setTimeout = ((run: TimerHandler, ms = 0, ...rest: unknown[]) => original(run, ms < 20 ? ms + lateMs : ms, ...rest)) as typeof window.setTimeout
}
