import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { browserNote, hasBrowser, ONCE_MORE } from './chromium.ts'
import { type Dashboard, faultsOf, hold, openDashboard, reach } from './dashboard.ts'
import { endAll } from './serving.ts'
import { longCsv, type Scratch, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })

let files: Scratch
let dashboard: Dashboard
let [rowsCsv, seriesCsv] = ['', '']
beforeAll(async () => {
  files = scratch()
  rowsCsv = files.write('pumps.csv', sampleCsv())
  seriesCsv = files.write('load.csv', hourly())
  if (hasBrowser) dashboard = await openDashboard(join(files.folder, 'data'))
})
afterAll(async () => {
  await dashboard?.close()
  endAll()
  files.remove()
})

/** Two pumps, hour by hour over twelve days with a daily cycle; the south one runs hot for three hours. */
function hourly(): string {
  const lines = Array.from({ length: 288 }, (_, hour) => {
    const at = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' ')
    const load = (shift: number): number => 50 + 20 * Math.sin(((hour + shift) / 12) * Math.PI) + (hour % 7) / 5
    const hot = hour >= 200 && hour < 203 ? 60 : 0
    return [`${at},north,${load(0)}`, `${at},south,${load(6) + hot}`]
  })
  return `at,pump,load\n${lines.flat().join('\n')}\n`
}

async function find(page: Page, file: string): Promise<void> {
  await page.getByLabel('Drop a CSV').setInputFiles(file)
  await page.getByRole('button', { name: 'Find anomalies' }).click()
  await page.getByRole('heading', { name: 'Why row' }).waitFor()
}

const anomalies = (page: Page) => page.getByRole('region', { name: 'Anomalies' }).locator('tbody tr')

describe.skipIf(!hasBrowser)(`runs on the dashboard in Chromium${browserNote}`, ONCE_MORE, () => {
  it('find the odd row of a file that is dropped, say why, take feedback, and keep the detector', async () => {
    const page = await dashboard.open()
    const faults = faultsOf(page)
    await find(page, rowsCsv)
    await page.getByText('makes it stranger').first().waitFor()
    expect(await anomalies(page).first().innerText()).toMatch(/^31\s/)
    await expect.poll(() => page.locator('.bars li').count()).toBe(2) // not the label

    await page.getByLabel('Note').fill('a sensor')
    await page.getByRole('button', { name: 'False alarm' }).click()
    await page.getByText('precision so far 0%').waitFor()
    expect(await anomalies(page).first().innerText()).toContain('false alarm')
    await page.getByRole('button', { name: 'True alarm' }).click()
    await page.getByText('precision so far 100%').waitFor()
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('precision so far').waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.textContent')).toBe('True alarm') // not lost with its button

    await page.getByRole('slider').fill('0.4')
    await expect.poll(() => anomalies(page).count()).toBeGreaterThan(1)
    const again = await dashboard.open(new URL(page.url()).hash) // the URL holds the state
    await again.getByRole('heading', { name: 'Why row' }).waitFor()
    await expect.poll(() => anomalies(again).count()).toBe(await anomalies(page).count())
    await again.close()

    await page.getByLabel('Name of the model').fill('pump')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept as version 1').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('score other data with a kept model', async () => {
    const page = await dashboard.open()
    await page.getByLabel('Drop a CSV').setInputFiles(rowsCsv)
    await page.getByText('How:').click()
    await page.getByLabel('Score with').selectOption('pump@1')
    await page.getByRole('button', { name: 'Find anomalies' }).click()
    await page.getByText('by the model pump, version 1 on a, b').waitFor()
    await page.close()
  })

  it('find what is unlike its series, a lane for each, and look closer', async () => {
    const page = await dashboard.open()
    const faults = faultsOf(page)
    await find(page, seriesCsv)
    expect(await page.getByRole('button', { name: 'south' }).getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => page.getByRole('img', { name: /^south: 3 anomalies/ }).count()).toBe(1)
    await expect.poll(() => anomalies(page).count()).toBe(3)
    expect(await anomalies(page).first().innerText()).toContain('2024-01-09')
    expect(await page.getByText('was expected').innerText()).toMatch(
      /At 2024-01-09 .* where .* was expected \(.* to .*\)/,
    )

    const box = await page.locator('.u-over').first().boundingBox()
    if (box === null) throw new Error('there is no chart')
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => page.url()).toMatch(/from=\d.*to=\d/)
    await page.getByRole('button', { name: 'All' }).click()
    expect(page.url()).not.toContain('from=')
    await page.getByRole('button', { name: 'Closer' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowLeft')
    expect(page.url()).toContain('from=')
    await page.getByRole('button', { name: 'north' }).click()
    await page.getByRole('heading', { name: 'load over time: north' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('are compared: what they were made with, what both find, how they rank', async () => {
    const page = await dashboard.open()
    await find(page, rowsCsv)
    await page.goBack()
    await page.getByText('How:').click()
    await page
      .locator('label', { hasText: /^Detector/ })
      .locator('select')
      .selectOption('ecod')
    await page.getByRole('button', { name: 'Find anomalies' }).click()
    await page.getByText('by ecod on a, b').waitFor()
    await page.getByRole('link', { name: 'pumps.csv' }).click()
    await page.getByRole('link', { name: 'its runs' }).click()
    await page.getByRole('checkbox', { name: /Compare the run of pumps.csv by ecod/ }).check()
    await page.getByRole('checkbox', { name: /Compare the run of pumps.csv by iforest/ }).check()
    await page.getByRole('link', { name: 'Compare the two' }).click()
    await page.getByText('In both: 1 anomalies, 100% of all').waitFor()
    await page.getByRole('row', { name: 'detector ecod iforest ≠ differs' }).waitFor()
    await page.getByRole('row', { name: 'columns a, b a, b =' }).waitFor()
    await page.getByText(/rank correlation\): 0\.\d/).waitFor()
    await page.close()
  })

  it('show how far they are, and are cancelled', async () => {
    const page = await dashboard.open()
    await page.getByLabel('Drop a CSV').setInputFiles(files.write('long.csv', longCsv()))
    await page.getByText('How:').click()
    await page.getByLabel('nEstimators').fill('100000')
    await page.getByLabel('maxSamples').fill('8')
    await page.getByRole('button', { name: 'Find anomalies' }).click()
    await page.getByRole('progressbar').waitFor()
    const all = await dashboard.open('#/runs')
    await all.getByRole('region', { name: 'Under way' }).getByRole('link', { name: 'Look' }).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await all.getByRole('region', { name: 'Under way' }).waitFor({ state: 'detached' })
    await all.close()
    await page.getByText('The run was cancelled').waitFor()
    await page.close()
  })

  it('are walked through by keyboard alone', async () => {
    const page = await dashboard.open()
    await page.getByLabel('Drop a CSV').setInputFiles(rowsCsv) // the dialogue is the browser's own
    await page.getByRole('button', { name: 'Find anomalies' }).waitFor()
    await reach(page, 'Find anomalies')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Anomalies' }).waitFor()
    await reach(page, '31')
    await page.keyboard.press('Enter')
    expect(page.url()).toContain('row=30')
    await reach(page, 'True alarm')
    await page.keyboard.press('Enter')
    await page.getByText('precision so far 100%').waitFor()
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'have no violation of accessibility rules in %s, and fit 360 pixels',
    async (colorScheme) => {
      const page = await dashboard.open('', { colorScheme, bypassCSP: true })
      await find(page, seriesCsv)
      await page.locator('.u-over').first().waitFor()
      await hold(page, `series-${colorScheme}`, { isTall: true })
      await page.goto(`${dashboard.url}/#/`)
      await find(page, rowsCsv)
      await page.getByText('makes it stranger').first().waitFor()
      await page.getByText('downloads and report').click()
      await hold(page, `anomalies-${colorScheme}`, { isTall: true })
      await page.goto(`${dashboard.url}/#/`)
      await find(page, rowsCsv) // another data set of the same bytes
      await page.goto(`${dashboard.url}/#/runs`)
      const ofSameData = page.getByRole('checkbox', { name: /pumps\.csv by/ })
      await ofSameData.nth(0).check()
      await ofSameData.nth(1).check()
      await hold(page, `runs-${colorScheme}`)
      await page.getByRole('link', { name: 'Compare the two' }).click()
      await page.getByRole('heading', { name: 'At each threshold' }).waitFor()
      await hold(page, `compare-${colorScheme}`, { isTall: true })
      await page.close()
    },
  )
})
