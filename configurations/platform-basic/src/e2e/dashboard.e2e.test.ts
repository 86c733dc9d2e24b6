import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { browserNote, hasBrowser, ONCE_MORE } from './chromium.ts'
import { type Dashboard, hold, openDashboard } from './dashboard.ts'
import { endAll } from './serving.ts'
import { type Scratch, sampleCsv, scratch } from './spawn-nomaly.ts'

const ASSETS = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))

vi.setConfig({ testTimeout: 60_000 })

let files: Scratch
let dashboard: Dashboard
let csv = ''
beforeAll(async () => {
  files = scratch()
  csv = files.write('pumps.csv', sampleCsv())
  dashboard = await openDashboard(join(files.folder, 'data'))
})
afterAll(async () => {
  await dashboard.close()
  endAll()
  files.remove()
})

describe('the dashboard as it is served', () => {
  it('has at most 80 kB of scripts, compressed', () => {
    const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
    const sizes = scripts.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(80_000)
  })

  it('is asked for anew only where it changed, and its assets never', async () => {
    const first = await fetch(dashboard.url)
    const page = await first.text()
    const etag = first.headers.get('etag') ?? ''
    expect((await fetch(dashboard.url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? []
    const asset = await fetch(dashboard.url + script)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-type')).toContain('javascript')
  })
})

describe.skipIf(!hasBrowser)(`the dashboard in Chromium${browserNote}`, ONCE_MORE, () => {
  it('says in words what the server refuses', async () => {
    const page = await dashboard.open('#/dataset?id=none')
    expect(await page.getByRole('alert').innerText()).toMatch(/That did not work\..*\(404\)/)
    await page.goto(`${dashboard.url}/#/`)
    await page
      .getByLabel('Drop a CSV')
      .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1\n') })
    expect(await page.getByRole('alert').innerText()).toMatch(/That did not work\..*line 2.*\(422\)/)
    await page.close()
  })

  it('folds its menu where the window is narrow', async () => {
    const page = await dashboard.open()
    await page.setViewportSize({ width: 360, height: 800 })
    await page.getByRole('link', { name: 'Health' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Health' }).click()
    await page.getByRole('heading', { name: 'Health' }).waitFor()
    await page.getByRole('link', { name: 'Health' }).waitFor({ state: 'hidden' })
    await page.close()
  })

  it('deletes a data set after asking again', async () => {
    const page = await dashboard.open()
    await page.getByLabel('Drop a CSV').setInputFiles(csv)
    await page.getByRole('button', { name: 'Delete this data set, pumps.csv, for good' }).click()
    await page.getByRole('button', { name: 'Yes: Delete this data set, pumps.csv, for good' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete this data set, pumps.csv, for good' }).click()
    await page.getByRole('button', { name: 'Yes: Delete this data set, pumps.csv, for good' }).click()
    await page.getByText('There are none yet').waitFor()
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'has no violation of accessibility rules in %s, and fits 360 pixels',
    async (colorScheme) => {
      const page = await dashboard.open('', { colorScheme, bypassCSP: true })
      await hold(page, `start-${colorScheme}`)
      await page.getByLabel('Drop a CSV').setInputFiles(csv)
      await page.getByText('How:').click()
      await hold(page, `dataset-${colorScheme}`)
      for (const [name, ready] of [
        ['datasets', 'table'],
        ['health', 'table'],
      ] as const) {
        await page.goto(`${dashboard.url}/#/${name}`)
        await page.locator(ready).first().waitFor()
        await hold(page, `${name}-${colorScheme}`)
      }
      await page.close()
    },
  )
})
