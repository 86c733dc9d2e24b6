import { createServer } from 'node:net'
import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { browserNote, hasBrowser, startBrowser, ONCE_MORE } from './chromium.ts'
import { type Dashboard, faultsOf, hold, openDashboard, reach } from './dashboard.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { endAll, serveFolder } from './serving.ts'
import { sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
let board: Dashboard
let receiver: Receiver
let gone = true
beforeAll(async () => {
  files = scratch()
  board = await openDashboard(join(files.folder, 'data'), ['--local-webhooks'])
  receiver = await startReceiver(() => (gone ? 410 : 204))
})
afterAll(async () => {
  await board?.close()
  endAll()
  await receiver?.close()
  files.remove()
})

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function upload(url: string, name: string, content: string): Promise<string> {
  const path = `${url}/api/v1/datasets?name=${name}`
  const headers = { 'content-type': 'application/octet-stream' }
  return ((await (await fetch(path, { method: 'POST', headers, body: content })).json()) as { readonly id: string }).id // as described
}

async function jobOf(kind: string, input: unknown): Promise<string> {
  const answer = await post(`${board.url}/api/v1/jobs`, { kind, input })
  return ((await answer.json()) as { readonly id: string }).id // as described
}

// Enough that the slower detectors take long.
function labelledCsv(): string {
  const rows = Array.from({ length: 12_000 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.7)},${i % 900 === 0 ? 1 : 0}`)
  return ['a,b,label', ...rows].join('\n')
}

const samples = (from: number, count: number, odd?: number): string =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ v: i === odd ? 9 : Math.sin((from + i) / 8) })).join('\n')

const push = async (stream: string, lines: string): Promise<unknown> =>
  (await fetch(`${board.url}/api/v1/streams/${stream}/samples`, { method: 'POST', body: lines })).json()

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

describe.skipIf(!hasBrowser)(`operations on the dashboard in Chromium${browserNote}`, ONCE_MORE, () => {
  it('shows how far a job is, ends it, and lets it be tried again', async () => {
    const dataset = await upload(board.url, 'labelled.csv', labelledCsv())
    const id = await jobOf('evaluate', { dataset, label: 'label' })
    const failed = await jobOf('detect', { dataset: 'none' })
    const page = await board.open('#/jobs?kind=evaluate')
    const faults = faultsOf(page)
    const list = page.getByRole('region', { name: 'Jobs' })
    await list.getByText('running').waitFor()
    await expect.poll(() => list.locator('tbody tr').count()).toBe(1)
    await page.getByLabel('Kind').selectOption('detect')
    await list.getByText('failed').waitFor()
    expect(page.url()).toContain('kind=detect')
    await list.getByRole('link', { name: `detect ${failed.slice(0, 8)}` }).click()
    await page.getByText('no data set "none"').waitFor()

    await page.goto(`${board.url}/#/job?id=${id}`)
    await page.getByText(/[1-9]\d* of \d+/).waitFor() // some detectors are done
    await page.getByRole('button', { name: 'Cancel this job' }).click()
    await page.getByRole('button', { name: 'Yes: Cancel this job' }).click()
    await page.getByText('cancelled').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('running').first().waitFor()
    await page.getByRole('button', { name: 'Cancel this job' }).click()
    const focused = "document.activeElement?.getAttribute('aria-label')"
    await expect.poll(() => page.evaluate(focused)).toBe('Yes: Cancel this job')
    await page.keyboard.press('Enter')
    await page.getByText('cancelled').waitFor()
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)

  it('leads from a job that detects to its anomalies', async () => {
    const dataset = await upload(board.url, 'pumps.csv', sampleCsv())
    const id = await jobOf('detect', { dataset, columns: ['a', 'b'], contamination: 0.02 })
    const page = await board.open(`#/job?id=${id}`)
    await page.getByText('of 60 rows are anomalies').waitFor()
    await page.getByRole('link', { name: 'See them, and why' }).click()
    await page.getByRole('heading', { name: 'Anomalies' }).first().waitFor()
    await page.close()
  })

  it('tells events as they happen, of the types that are chosen, and goes on where it was paused', async () => {
    const page = await board.open('#/events?patterns=nomaly.dataset.*')
    const list = page.getByRole('list', { name: 'Events, the newest first' })
    await page.getByText('Connected').waitFor()
    await upload(board.url, 'one.csv', sampleCsv())
    await list.getByText('one.csv').first().waitFor({ state: 'attached' })
    expect(await list.getByText('nomaly.detection').count()).toBe(0)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused').waitFor()
    await upload(board.url, 'two.csv', sampleCsv())
    expect(await list.getByText('two.csv').count()).toBe(0)
    await page.getByRole('button', { name: 'Pause' }).click()
    await list.getByText('two.csv').first().waitFor({ state: 'attached' })
    await list.locator('li').first().locator('summary').click()
    await page.getByRole('region', { name: 'All of nomaly.dataset.uploaded' }).first().waitFor()
    await page.close()
  })

  it('says when the server is gone, and misses nothing that happens until it is back', async () => {
    const [folder, port] = [join(files.folder, 'restarted'), await freePort()]
    const flags = ['--port', String(port)]
    const first = await serveFolder(folder, {}, flags)
    const page = await board.open()
    await page.goto(`${first.url}/#/events`)
    await page.getByText('Connected').waitFor()
    await upload(first.url, 'before.csv', sampleCsv())
    const list = page.getByRole('list', { name: 'Events, the newest first' })
    await list.getByText('before.csv').first().waitFor({ state: 'attached' })
    await first.end('SIGKILL')
    await page.getByText(/Trying again in/).waitFor()
    const again = await serveFolder(folder, {}, flags)
    await upload(again.url, 'after.csv', sampleCsv())
    await list.getByText('after.csv').first().waitFor({ state: 'attached' })
    await page.getByText('Connected').waitFor()
    await expect.poll(() => list.locator('li').count()).toBe(2) // neither twice
    await page.close()
    await again.end('SIGTERM')
  })

  it('asks for the key of a server that has one, and follows events with it', async () => {
    const [key, browser] = ['a key of this test', await startBrowser()]
    const server = await serveFolder(join(files.folder, 'locked'), { NOMALY_API_KEY: key })
    const page = await browser?.newPage({ httpCredentials: { username: 'anybody', password: key } })
    await page?.goto(`${server.url}/#/events`)
    await page?.getByText('Connected').waitFor()
    await browser?.close()
    await server.end('SIGTERM')
  })

  it('shows a stream live that is pushed from elsewhere, by keyboard alone', async () => {
    const page = await board.open('#/streams')
    const faults = faultsOf(page)
    await page.getByLabel('Name:').focus()
    await page.keyboard.type('pump-1')
    await reach(page, 'Make the stream')
    await page.keyboard.press('Enter')
    await page.getByText('It waits for samples').waitFor()
    await page.getByText('Connected').waitFor()
    expect(await push('pump-1', samples(0, 300))).toMatchObject({ accepted: 300 })
    await page.getByText('The newest 300 results, 0 of them anomalies.').waitFor()
    expect(await push('pump-1', samples(300, 100, 50))).toMatchObject({ accepted: 100, anomalies: 1 })
    const anomaly = page.getByRole('region', { name: 'Anomalies, the newest first' }).locator('tbody tr')
    await anomaly.first().waitFor()
    expect(await anomaly.first().innerText()).toMatch(/^351\s+9\s/)
    await page.getByText('The newest 400 results, 1 of them anomalies.').waitFor()
    for (let i = 0; i < 4; i++) await push('pump-1', samples(400 + i * 100, 100))
    await page.getByText('The newest 500 results').waitFor() // it keeps no more
    await expect.poll(() => page.locator('.chart canvas').count()).toBe(2)

    await page.getByLabel('Samples, one a line').fill('{"v": 1}\nno sample')
    await page.getByRole('button', { name: 'Push', exact: true }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(/line 2/i)
    await page.getByRole('button', { name: /^Delete pump-1/ }).click()
    await page.getByRole('button', { name: /^Yes: Delete pump-1/ }).click()
    await page.getByText('There are none yet.').waitFor()
    expect(faults.filter((fault) => !/ 4\d\d /.test(fault))).toEqual([]) // the refusal is logged by the browser
    await page.close()
  })

  it('adds a webhook, shows what was not delivered to it, and delivers it again', async () => {
    const page = await board.open('#/webhooks')
    await page.getByLabel('Address').fill(receiver.url)
    await page.getByLabel('Types of events').fill('nomaly.dataset.*')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText(/whsec_/).waitFor()
    await upload(board.url, 'missed.csv', sampleCsv()) // the receiver answers that it is gone
    await page.getByText(/disabled:/).waitFor()
    expect(await page.reload().then(() => page.getByText(/whsec_/).count())).toBe(0)

    gone = false
    await page.getByRole('link', { name: receiver.url }).click()
    await page.getByRole('button', { name: 'Call it again from now on' }).click()
    await page.getByText('It is called again.').waitFor()
    await page.getByRole('button', { name: 'Call it now' }).click()
    await page.getByText('It answered.').waitFor()
    await page.goto(`${board.url}/#/dead-letters`)
    await page.getByRole('button', { name: 'Deliver all again' }).click()
    await page.getByText('Everything was delivered.').waitFor()
    await expect.poll(() => receiver.calls.filter(({ body }) => body.includes('missed.csv')).length).toBe(2)
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'has no violation of accessibility rules in %s, and fits 360 pixels',
    async (scheme) => {
      await post(`${board.url}/api/v1/streams`, { name: `held-${scheme}` })
      await push(`held-${scheme}`, samples(0, 400, 350))
      const id = await jobOf('detect', { dataset: await upload(board.url, 'held.csv', sampleCsv()) })
      const { items } = (await (await fetch(`${board.url}/api/v1/webhooks`)).json()) as {
        readonly items: ReadonlyArray<{ readonly id: string }>
      } // as described
      const page = await board.open('', { colorScheme: scheme, bypassCSP: true })
      for (const [name, place, ready] of [
        ['jobs', 'jobs', 'table'],
        ['job', `job?id=${id}`, '.facts'],
        ['events', 'events', '.entries li'],
        ['dead-letters', 'dead-letters', 'main p'],
        ['webhooks', 'webhooks', 'form'],
        ['webhook', `webhook?id=${items[0]?.id ?? ''}`, 'table'],
        ['audit', 'audit', 'table'],
        ['activity', 'activity', '.facts'],
        ['streams', 'streams', 'table'],
        ['stream', `stream?name=held-${scheme}`, '.chart canvas'],
      ] as const) {
        await look(page, place, ready)
        await hold(page, `${name}-${scheme}`)
      }
      await page.close()
    },
    90_000,
  )
})

async function look(page: Page, place: string, ready: string): Promise<void> {
  await page.goto(`${board.url}/#/${place}`)
  await page.locator(ready).first().waitFor()
}
