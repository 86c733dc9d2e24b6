import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'

import { startBrowser, violations } from './chromium.ts'
import { serveFolder } from './serving.ts'

// Where screenshots for the documents go: docs/pictures, when they are to be made anew.
const pictures = process.env['NOMALY_PICTURES']

/** A dashboard that is served to a browser. */
export interface Dashboard {
  readonly url: string
  /** A new page at the start, or at a place such as `#/jobs`. */
  readonly open: (place?: string, options?: OpenOptions) => Promise<Page>
  readonly close: () => Promise<void>
}

/** How a page is opened. */
export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark'
  /** Lets axe's script in. */
  readonly bypassCSP?: boolean
}

/** Serves a data folder to a browser; the caller ends the server with `endAll`. */
export async function openDashboard(dataFolder: string, flags: ReadonlyArray<string> = []): Promise<Dashboard> {
  const { url } = await serveFolder(dataFolder, {}, flags)
  const browser: Browser | undefined = await startBrowser()
  return {
    url,
    open: async (place = '', { colorScheme = 'light', bypassCSP = false } = {}) => {
      if (browser === undefined) throw new Error('the browser did not start')
      const page = await browser.newPage({ colorScheme, bypassCSP, viewport: { width: 1200, height: 900 } })
      page.setDefaultTimeout(10_000) // then it says what it waited for
      await page.goto(`${url}/${place}`)
      return page
    },
    close: async () => browser?.close(),
  }
}

/** Faults that a page tells of from now on. */
export function faultsOf(page: Page): ReadonlyArray<string> {
  const faults: string[] = []
  page.on('pageerror', (fault) => faults.push(fault.message))
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
  return faults
}

/** Holds a page, opened with `bypassCSP`, to axe's rules and to 360 pixels, and takes its picture `dashboard-NAME` where pictures are made. */
export async function hold(
  page: Page,
  name: string,
  { isTall = false }: { readonly isTall?: boolean } = {},
): Promise<void> {
  await page.setViewportSize({ width: 1200, height: 900 })
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `dashboard-${name}.png`), fullPage: isTall })
  expect(await violations(page), name).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  await expect
    .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: `${name} at 360 pixels` })
    .toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1200, height: 900 })
}

/** Walks by the tabulator key to what has a text or a label. */
export async function reach(page: Page, wanted: string, most = 80): Promise<void> {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''",
    )
    if (focused === wanted) return
  }
  throw new Error(`the keyboard does not reach ${wanted}`)
}
