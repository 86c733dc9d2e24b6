import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { browserNote, hasBrowser, ONCE_MORE } from './chromium.ts'
import { type Dashboard, faultsOf, hold, openDashboard, reach } from './dashboard.ts'
import { endAll } from './serving.ts'
import { nomaly, type Scratch, scratch } from './spawn-nomaly.ts'

// Every fifth order of the second week has an amount far below all others, and a colour of its own.
function ordersCsv(isBroken: boolean): string {
  const rows = Array.from({ length: 400 }, (_, row) => {
    const isOdd = isBroken && row % 5 === 0
    const amount = isOdd ? -900 : (Math.sin(row) * 20 + 50).toFixed(2)
    const colour = isOdd ? 'violet' : ['red', 'green', 'blue'][row % 3]
    return `${row + 1},${amount},${colour},${row % 17 === 0 ? '' : (row * 7) % 100}`
  })
  return `id,amount,colour,quantity\n${rows.join('\n')}\n`
}

let files: Scratch
let dashboard: Dashboard
const folder = (): string => join(files.folder, 'data')
beforeAll(async () => {
  files = scratch()
  dashboard = await openDashboard(folder())
  await upload('week-1.csv', false)
  await upload('week-2.csv', true)
})
afterAll(async () => {
  await dashboard.close()
  endAll()
  files.remove()
})

async function upload(name: string, isBroken: boolean): Promise<void> {
  const answer = await fetch(`${dashboard.url}/api/v1/datasets?name=${name}`, {
    method: 'POST',
    body: ordersCsv(isBroken),
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(answer.status).toBe(201)
}

async function choose(page: Page, name: string): Promise<void> {
  const select = page.getByLabel('Data set')
  const option = select.locator('option', { hasText: name })
  await select.selectOption((await option.getAttribute('value')) ?? '')
}

describe.skipIf(!hasBrowser)(`data on the dashboard${browserNote}`, ONCE_MORE, () => {
  it('is profiled, and what drifted since another profile is shown', async () => {
    const page = await dashboard.open('#/profiles')
    const faults = faultsOf(page)
    for (const name of ['week-1.csv', 'week-2.csv']) {
      await page.goto(`${dashboard.url}/#/profiles`)
      await choose(page, name)
      await page.getByRole('button', { name: 'Profile it' }).click()
      await page.getByRole('heading', { name, exact: true }).waitFor()
    }
    await expect.poll(() => page.getByText('"quantity" lacks 6 % of its values').count()).toBe(1)
    await page.getByRole('button', { name: 'amount', exact: true }).first().click()
    await page.getByRole('heading', { name: 'amount' }).waitFor()
    expect(await page.locator('dt', { hasText: 'Least' }).locator('xpath=../dd').innerText()).toBe('-900')
    const reference = page.getByLabel('Compare with').locator('option', { hasText: 'week-1.csv' })
    await page.getByLabel('Compare with').selectOption((await reference.getAttribute('value')) ?? '')
    const drift = page.getByRole('region', { name: 'Drift by column' })
    expect(await drift.locator('tr', { hasText: 'colour' }).innerText()).toContain('drifted')
    expect(await drift.locator('tr', { hasText: 'quantity' }).innerText()).not.toContain('drifted')
    const opening = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'Report to read or print' }).click()
    const report = await opening
    const faultsOfReport = faultsOf(report)
    await report.getByRole('heading', { name: 'Drift' }).waitFor()
    await report.getByLabel('Search').fill('colour')
    await expect.poll(() => report.locator('#found').innerText()).not.toBe('') // its script runs
    expect(faultsOfReport).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })

  it('is checked by a suite that other data suggested, and what was not expected is named', async () => {
    const page = await dashboard.open('#/quality')
    const faults = faultsOf(page)
    await page.getByRole('link', { name: 'Have one suggested' }).click()
    await choose(page, 'week-1.csv')
    await page.getByRole('button', { name: 'Suggest a suite' }).click()
    const colour = page.getByRole('checkbox', { name: /colour column values to be in set/ })
    expect(await colour.isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: /quantity column values to be between/ }).uncheck()
    await page.getByLabel('Name of the suite').fill('orders')
    await page.getByRole('button', { name: /^Keep \d+ expectations/ }).click()
    await choose(page, 'week-2.csv')
    await page.getByRole('button', { name: 'Check it' }).click()
    const unmet = page.getByRole('listitem').filter({ hasText: 'column values to be in set' })
    await unmet.waitFor()
    expect(await unmet.innerText()).toMatch(/✗ unmet|▲ unmet/)
    expect(await unmet.innerText()).toContain('violet (80)')
    expect(await page.getByRole('listitem').filter({ hasText: 'quantity' }).count()).toBe(0)
    await page.getByText('The history begins with the second check').waitFor()
    await page.goto(`${dashboard.url}/#/quality?suite=orders`)
    await choose(page, 'week-2.csv')
    await page.getByRole('button', { name: 'Check it' }).click()
    await page.getByRole('img', { name: 'Score of week-2.csv over 2 checks' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('has suites written by hand, told line by line what is wrong, and imported', async () => {
    const page = await dashboard.open('#/suite')
    const editor = page.getByLabel('The suite, in YAML or JSON')
    await editor.fill((await editor.inputValue()).replace('minValue', 'minValu').replace('NotBeNull', 'NotBeNul'))
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('button', { name: 'Line 3' }).waitFor()
    expect(await page.locator('#faults').innerText()).toMatch(
      /Line 3.*expectColumnValuesToNotBeNull.*Line 9.*minValue/s,
    )
    expect(await page.locator('.editor .wrong').allInnerTexts()).toEqual(['✗ 3', '✗ 9'])
    await page.getByLabel('Import a suite').setInputFiles({
      name: 'contract.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ title: 'contract', properties: { id: { minimum: 1, example: 5 } } })),
    })
    await page.getByText('expectations from json-schema').waitFor()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('heading', { name: 'contract', exact: true }).waitFor()
    await editor.fill(`${await editor.inputValue()}\n# read again`)
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept as version 1').waitFor() // nothing changed
    await page.close()
  })
})

async function mlflow<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${dashboard.url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T // as MLflow's API has it
}

async function logRun(experiment: string, name: string, rate: number): Promise<string> {
  interface Made {
    readonly run: { readonly info: { readonly run_id: string } }
  }
  const begun = Date.now()
  const { run } = await mlflow<Made>('runs/create', { experiment_id: experiment, run_name: name, start_time: begun })
  const { run_id: id } = run.info
  const losses = Array.from({ length: 50 }, (_, step) => ({ key: 'loss', value: Math.exp(-step * rate), step }))
  await mlflow('runs/log-batch', {
    run_id: id,
    params: [{ key: 'rate', value: String(rate) }],
    metrics: [...losses, { key: 'auc', value: 1 - rate, step: 0 }].map((one) => ({ ...one, timestamp: 1 })),
  })
  await mlflow('runs/update', { run_id: id, status: 'FINISHED', end_time: begun + 60_000 })
  return id
}

describe.skipIf(!hasBrowser)(`runs on the dashboard${browserNote}`, ONCE_MORE, () => {
  it('of any MLflow client are searched, put in order and compared, with their metrics over steps', async () => {
    const { experiment_id: experiment } = await mlflow<{ experiment_id: string }>('experiments/create', {
      name: 'pumps',
    })
    for (const [name, rate] of [
      ['slow', 0.01],
      ['quick', 0.2],
      ['quicker', 0.4],
    ] as const)
      await logRun(experiment, name, rate)
    const page = await dashboard.open('#/experiments')
    const faults = faultsOf(page)
    await page.getByRole('link', { name: 'pumps' }).click()
    const runs = page.getByRole('region', { name: 'Runs' }).locator('tbody tr')
    await expect.poll(() => runs.count()).toBe(3)
    await page.getByLabel('Runs where').fill('metrics.loss < 0.5')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect.poll(() => runs.count()).toBe(2)
    await page.getByLabel('Order').selectOption('auc, highest first')
    await expect.poll(() => runs.first().innerText()).toMatch(/quick\s.*1 min 0 s/s)
    await page.getByLabel('Compare quick', { exact: true }).check()
    await page.getByLabel('Compare quicker').check()
    await page.getByRole('link', { name: 'Compare 2 runs' }).click()
    await page.getByLabel('Metric over its steps').selectOption('loss')
    await expect.poll(() => page.locator('polyline').count()).toBe(2)
    expect(await page.getByRole('region', { name: 'Parameters' }).innerText()).toContain('≠ differs')
    await page.getByRole('link', { name: 'Choose other runs' }).click()
    await page.getByRole('link', { name: 'quick', exact: true }).click()
    await page.getByRole('img', { name: 'loss over 50 steps' }).waitFor()
    expect(faults).toEqual([])
    await page.goto(`${dashboard.url}/#/experiment?id=${experiment}&filter=metrics.loss+%3C%3C+1`)
    expect(await page.getByRole('alert').innerText()).toMatch(/That did not work\..*\(400\)/)
    await page.close()
  })

  it('make registered models, one of whose versions is in use', async () => {
    const run = await logRun('0', 'trained', 0.1)
    await mlflow('registered-models/create', { name: "pump's" })
    for (let version = 1; version <= 2; version++)
      await mlflow('model-versions/create', { name: "pump's", source: `runs:/${run}/model`, run_id: run })
    const page = await dashboard.open('#/registry')
    await page.getByRole('link', { name: "pump's" }).click()
    await page.getByRole('combobox', { name: 'Version', exact: true }).selectOption('1')
    await page.getByRole('button', { name: 'Give it' }).click()
    await page.getByText('champion: version 1').waitFor()
    await page.getByLabel('Stage of version 2').selectOption('Archived')
    await expect.poll(() => page.getByLabel('Stage of version 2').inputValue()).toBe('Archived')
    const refused = await nomaly(['models', 'promote', "pump's/2", '--at-least', 'auc=0.99', '--data', folder()])
    expect(refused.code).toBe(1)
    await page.reload()
    const promotions = page.getByRole('region', { name: 'Promotions' })
    expect(await promotions.innerText()).toMatch(/refused\s+champion\s+2, after 1.*auc/s)
    await page
      .getByRole('link', { name: run.slice(0, 8) })
      .first()
      .click()
    await page.getByRole('link', { name: "pump's" }).first().waitFor()
    await page.close()
  })
})

describe.skipIf(!hasBrowser)(`models on the dashboard${browserNote}`, ONCE_MORE, () => {
  it('are those that the command line fits, as a tracked run, a registered model and a detector', async () => {
    const csv = files.write('week-1.csv', ordersCsv(false))
    for (let version = 1; version <= 2; version++) {
      const { code } = await nomaly([
        'fit',
        csv,
        '--columns',
        'amount',
        '--model',
        'pump',
        '--track',
        '--data',
        folder(),
      ])
      expect(code).toBe(0)
    }
    const page = await dashboard.open('#/registry')
    await page.getByRole('link', { name: 'pump', exact: true }).click()
    const versions = page.getByRole('region', { name: 'Versions' }).locator('tbody tr')
    await expect.poll(() => versions.count()).toBe(2)
    await versions.first().getByRole('link').click()
    await page.getByText('pump, registered as version 2').waitFor()
    await page.goto(`${dashboard.url}/#/models`)
    await page.getByRole('button', { name: 'Delete version 1 of pump' }).click()
    await page.getByRole('button', { name: 'Yes: Delete version 1 of pump' }).click()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    await page.close()
  })
})

describe.skipIf(!hasBrowser)(`the pages of data and runs${browserNote}`, ONCE_MORE, () => {
  it('are walked through by keyboard alone', async () => {
    const page = await dashboard.open('#/profiles')
    await page.getByRole('button', { name: 'Profile it' }).waitFor()
    await reach(page, 'Profile it')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Alerts' }).waitFor()
    await reach(page, 'quantity')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'quantity' }).waitFor()
    await page.close()
  })

  it('have no violation of accessibility rules in light and dark, and fit 360 pixels', async () => {
    const page = await dashboard.open('', { bypassCSP: true })
    const look = async (place: string, name: string, ready: string): Promise<void> => {
      await page.goto(`${dashboard.url}/#/${place}`)
      await page.locator(ready).first().waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await hold(page, `${name}-${colorScheme}`)
      }
    }
    const first = async (path: string, list: string): Promise<string> => {
      const answer = await fetch(`${dashboard.url}/api/v1/${path}`)
      const lists = (await answer.json()) as Record<string, { id: string }[]> // as the API has it
      return lists[list]?.[0]?.id ?? ''
    }
    interface Found {
      readonly runs: ReadonlyArray<{ readonly info: { readonly run_id: string; readonly experiment_id: string } }>
    }
    const { runs } = await mlflow<Found>('runs/search', { experiment_ids: ['1'], filter: 'metrics.loss < 0.001' })
    const { run_id: run = '', experiment_id: experiment = '' } = runs[0]?.info ?? {}
    const table = (label: string): string => `[aria-label="${label}"] tbody tr`
    await look('profiles', 'profiles', table('Profiles'))
    await look(`profile?id=${await first('profiles', 'profiles')}&column=amount`, 'profile', '.matrix')
    await look('quality?of=week-2.csv', 'quality', 'main:has(.chart svg) form.row')
    await look('quality?tab=suites', 'suites', table('Suites'))
    await look(`quality-result?id=${await first('quality/results', 'results')}`, 'check', '.outcomes li')
    await look('suite?name=orders', 'suite', '.editor')
    await look('experiments', 'experiments', table('Experiments'))
    await look(`experiment?id=${experiment}`, 'experiment', table('Runs'))
    await look(`tracked-run?id=${run}`, 'tracked-run', '.chart svg')
    await look('registry', 'registry', table('Registered models'))
    await look("registered-model?name=pump's", 'registered-model', table('Promotions'))
    await look('models', 'models', table('Models'))
    await page.close()
  }, 120_000)
})
