import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { profileReport, profileTable } from '@nomaly/data-profiling'
import { openDuckdb as openProfiled } from '@nomaly/data-profiling/node'
import { checkReport, maskedValidation, readTrend, RecordedCheck, type Suite } from '@nomaly/data-quality'
import { openDuckdb as openChecked, openQualityStore } from '@nomaly/data-quality/node'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { installedChromium } from '../onnx/chromium.ts'

const chrome = installedChromium()
const { resolve } = createRequire(import.meta.url)
const birdstrikes = join(import.meta.dirname, '../../node_modules/vega-datasets/data/birdstrikes.csv')
// Where screenshots for the documents go: docs/pictures, when they are to be made anew.
const pictures = process.env['NOMALY_PICTURES']

const suite: Suite = {
  name: 'birdstrikes',
  expectations: [
    { type: 'expectTableRowCountToBeBetween', kwargs: { minValue: 1000 } },
    {
      type: 'expectColumnValuesToNotBeNull',
      kwargs: { column: 'Speed IAS in knots', mostly: 0.9 },
      severity: 'warning',
    },
    { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'Speed IAS in knots', minValue: 0, maxValue: 350 } },
    {
      type: 'expectColumnValuesToBeInSet',
      kwargs: { column: 'Wildlife Size', valueSet: ['Small', 'Medium', 'Large'] },
    },
    {
      type: 'expectColumnValuesToBeInSet',
      kwargs: { column: 'Time of day', valueSet: ['Day', 'Night', 'Dawn'], mostly: 0.99 },
      severity: 'warning',
    },
    { type: 'expectColumnMaxToBeRecent', kwargs: { column: 'Flight Date', maxAgeSeconds: 86_400 }, severity: 'info' },
    {
      type: 'expectRowsToSatisfy',
      kwargs: { condition: '"Cost Total $" >= "Cost Repair"', columnList: ['Cost Total $', 'Cost Repair'] },
    },
    {
      type: 'expectCompoundColumnsToBeUnique',
      kwargs: { columnList: ['Airport Name', 'Flight Date', 'Aircraft Make Model'], mostly: 0.95 },
    },
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'Aircraft' }, severity: 'info' },
  ],
}

let folder = ''
let browser: Browser | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-reports-'))
  if (chrome.kind === 'ready') browser = await chromium.launch({ executablePath: chrome.path, args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

async function profilePage(): Promise<string> {
  const { engine, close } = await openProfiled({ paths: [birdstrikes] })
  const profile = await profileTable({ engine, now: Date.now }, { source: 'birdstrikes.csv' })
  await close()
  return profileReport(profile)
}

// The years one after the other, checked by the same suite: the page shows the last part and how it came to that.
async function checkPage(): Promise<string> {
  const [header = '', ...lines] = (await readFile(birdstrikes, 'utf8')).trimEnd().split('\n')
  const { results } = openQualityStore({ path: ':memory:' })
  let [ids, page] = [0, '']
  const check = new RecordedCheck({ results, newId: () => `run-${ids++}` })
  for (let part = 0; part < 5; part++) {
    const file = join(folder, `part-${part}.csv`)
    await writeFile(file, [header, ...lines.slice(part * 2000, (part + 1) * 2000)].join('\n'))
    const { engine, close } = await openChecked({ paths: [file] })
    const table = { ...engine, source: `birdstrikes.csv, part ${part + 1}` }
    const options = { resultFormat: 'COMPLETE', keyColumns: ['Flight Date'] } as const
    const { validation } = await check.run(suite, table, options)
    await close()
    page = checkReport(maskedValidation(validation), { trend: await readTrend(results, suite.name) })
  }
  return page
}

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>
}

async function violations(page: Page): Promise<ReadonlyArray<string>> {
  await page.addScriptTag({ path: resolve('axe-core/axe.min.js') })
  const found = await page.evaluate<ReadonlyArray<Violation>>('axe.run(document).then(({ violations }) => violations)')
  return found.map(({ id, nodes: [first] }) => `${id}: ${first?.html ?? ''} ${first?.failureSummary ?? ''}`)
}

describe.skipIf(chrome.kind === 'absent')(
  `the reports in Chromium${chrome.kind === 'absent' ? ` (left out: ${chrome.why})` : ''}`,
  () => {
    describe.each([
      ['profile', profilePage, 'Speed IAS in knots'],
      ['check', checkPage, 'wildlife'],
    ] as const)('%s', (name, make, word) => {
      let address = ''
      beforeAll(async () => {
        const file = join(folder, `${name}.html`)
        await writeFile(file, await make())
        address = pathToFileURL(file).href
      })

      it.each(['light', 'dark'] as const)(
        'has no violation of accessibility rules in %s, and fits 360 pixels',
        async (scheme) => {
          const page = await browser?.newPage({
            colorScheme: scheme,
            viewport: { width: 1200, height: 1500 },
            bypassCSP: true,
          })
          if (page === undefined) throw new Error('the browser did not start')
          const fetched: Array<string> = []
          page.on('request', (request) => fetched.push(request.url()))
          await page.goto(address)
          const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
          expect(background).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)')
          if (pictures !== undefined)
            await page.screenshot({ path: join(pictures, `${name}-birdstrikes-${scheme}.png`) })
          expect(await violations(page)).toEqual([])
          await page.setViewportSize({ width: 360, height: 800 })
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
          expect(fetched).toEqual([address])
          await page.close()
        },
      )

      it('finds what is searched for, by its own script under its own policy', async () => {
        const page = await browser?.newPage()
        if (page === undefined) throw new Error('the browser did not start')
        const faults: Array<string> = []
        page.on('pageerror', (fault) => faults.push(fault.message))
        await page.goto(address)
        const shown = (): Promise<number> => page.locator('article:visible').count()
        const all = await shown()
        await page.getByLabel('Search').fill(word)
        expect(await shown()).toBeGreaterThan(0)
        expect(await shown()).toBeLessThan(all)
        await page.getByLabel('Search').fill('')
        expect(await shown()).toBe(all)
        expect(faults).toEqual([])
        await page.close()
      })
    })
  },
)
