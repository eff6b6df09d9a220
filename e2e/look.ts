import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityFaults } from './browser'

/** Where pictures go; none are taken where it is not said. */
export const SHOTS = process.env.AUDITWEAVE_SCREENSHOTS

/** `page` all of it, `window` what is in view, `windows` that at two widths in light and dark. */
type Picture = 'page' | 'window' | 'windows'

/** Looks at a page: no fault of accessibility, and a picture where these are wanted. Soft, so that a fault here does not hide the rest of the path. */
export async function look(page: Page, name: string, picture: Picture = 'page'): Promise<void> {
  expect.soft(await accessibilityFaults(page), name).toEqual([])
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  if (picture !== 'windows') return void (await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: picture === 'page' }))
  for (const [width, scheme] of [[900, 'dark'], [1440, 'dark'], [900, 'light'], [1440, 'light']] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(300)
    await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${scheme}.png`) })
  }
}
