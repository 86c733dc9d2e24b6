import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { browserNote, hasBrowser, startBrowser, violations } from './chromium.ts'
import { endAll, serveFolder } from './serving.ts'
import { type Scratch, sampleCsv, scratch } from './spawn-nomaly.ts'

const ASSETS = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))
// Where screenshots for the documents go: docs/pictures, when they are to be made anew.
const pictures = process.env['NOMALY_PICTURES']

let files: Scratch
let browser: Browser | undefined
let url = ''
let csv = ''
beforeAll(async () => {
  files = scratch()
  csv = files.write('pumps.csv', sampleCsv())
  url = (await serveFolder(join(files.folder, 'data'))).url
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  endAll()
  files.remove()
})

async function opened(colorScheme: 'light' | 'dark' = 'light', bypassCSP = false): Promise<Page> {
  if (browser === undefined) throw new Error('the browser did not start')
  const page = await browser.newPage({ colorScheme, bypassCSP, viewport: { width: 1200, height: 900 } })
  await page.goto(url)
  return page
}

async function detected(page: Page): Promise<void> {
  await page.getByLabel('Drop a CSV').setInputFiles(csv)
  await page.getByRole('button', { name: 'Find anomalies' }).click()
  await page.getByRole('heading', { name: 'Why row' }).waitFor()
  await page.getByText('makes it stranger').first().waitFor()
}

describe('the dashboard as it is served', () => {
  it('has at most 80 kB of scripts, compressed', () => {
    const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
    const sizes = scripts.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(80_000)
  })

  it('is asked for anew only where it changed, and its assets never', async () => {
    const first = await fetch(url)
    const page = await first.text()
    const etag = first.headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? []
    const asset = await fetch(url + script)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-type')).toContain('javascript')
  })
})

describe.skipIf(!hasBrowser)(`the dashboard in Chromium${browserNote}`, () => {
  it('finds the odd row of a file that is dropped, says why, and keeps its detector', async () => {
    const page = await opened()
    const faults: Array<string> = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
    await detected(page)
    expect(await page.getByRole('region', { name: 'Anomalies' }).locator('tbody tr').first().innerText()).toMatch(
      /^31\s/,
    )
    expect(await page.locator('.bars li').count()).toBe(2)

    await page.getByRole('slider').fill('0')
    await page.waitForFunction("document.querySelectorAll('tbody tr').length > 1")
    const again = await opened() // the URL holds the state
    await again.goto(page.url())
    await again.getByRole('heading', { name: 'Why row' }).waitFor()
    expect(await again.locator('tbody tr').count()).toBe(await page.locator('tbody tr').count())
    await again.close()

    await page.getByLabel('Name of the model').fill('pump')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept as version 1').waitFor()
    await page.goto(`${url}/#/models`)
    await page.getByRole('button', { name: 'Delete version 1 of pump' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('is walked through by keyboard alone', async () => {
    const page = await opened()
    await page.getByLabel('Drop a CSV').setInputFiles(csv) // the dialogue is the browser's own
    await page.getByRole('button', { name: 'Find anomalies' }).waitFor()
    const reach = async (wanted: string): Promise<void> => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate<boolean>(`document.activeElement?.textContent?.trim() === '${wanted}'`)) return
      }
      throw new Error(`the keyboard does not reach ${wanted}`)
    }
    await reach('Find anomalies')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Anomalies' }).waitFor()
    await reach('31')
    await page.keyboard.press('Enter')
    expect(page.url()).toContain('row=30')
    await page.close()
  })

  it('says in words what the server refuses', async () => {
    const page = await opened()
    await page.goto(`${url}/#/dataset?id=none`)
    expect(await page.getByRole('alert').innerText()).toMatch(/That did not work\..*\(404\)/)
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'has no violation of accessibility rules in %s, and fits 360 pixels',
    async (scheme) => {
      const page = await opened(scheme, true)
      const look = async (name: string): Promise<void> => {
        await page.setViewportSize({ width: 1200, height: 900 })
        if (pictures !== undefined)
          await page.screenshot({
            path: join(pictures, `dashboard-${name}-${scheme}.png`),
            fullPage: name === 'anomalies',
          })
        expect(await violations(page), name).toEqual([])
        await page.setViewportSize({ width: 360, height: 800 })
        await expect
          .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: name })
          .toBeLessThanOrEqual(360)
        await page.setViewportSize({ width: 1200, height: 900 })
      }
      await look('start')
      await page.getByLabel('Drop a CSV').setInputFiles(csv)
      await page.getByRole('button', { name: 'Find anomalies' }).waitFor()
      await page.getByText('How:').click()
      await look('dataset')
      await page.getByRole('button', { name: 'Find anomalies' }).click()
      await page.getByText('makes it stranger').first().waitFor()
      await look('anomalies')
      for (const [name, ready] of [
        ['datasets', 'table'],
        ['models', 'main p, table'],
        ['health', 'table'],
      ] as const) {
        await page.goto(`${url}/#/${name}`)
        await page.locator(ready).first().waitFor()
        await look(name)
      }
      await page.close()
    },
  )
})
