import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const executablePath = PLACES.find((place) => place !== '' && existsSync(place))
const why = 'there is no Chromium: apt-get install chromium, or set CHROMIUM to the path of one'
if (executablePath === undefined && process.env['CI'] === 'true') throw new Error(why)

/** Whether there is a browser; where there is none, `browserNote` says what is left out. */
export const hasBrowser: boolean = executablePath !== undefined

/** For the name of a suite. */
export const browserNote: string = hasBrowser ? '' : ` (left out: ${why})`

/** Starts the browser; undefined where there is none. */
export async function startBrowser(): Promise<Browser | undefined> {
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>
}

/** What axe finds on a page that lets its script in (`bypassCSP`). */
export async function violations(page: Page): Promise<ReadonlyArray<string>> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
  const found = await page.evaluate<ReadonlyArray<Violation>>('axe.run(document).then(({ violations }) => violations)')
  return found.map(({ id, nodes: [first] }) => `${id}: ${first?.html ?? ''} ${first?.failureSummary ?? ''}`)
}

/** A browser that shares two cores with other tests may miss a beat: once more, then it is a fault. */
export const ONCE_MORE: { readonly retry: number } = { retry: 1 }
