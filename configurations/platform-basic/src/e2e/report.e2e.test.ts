import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { browserNote, hasBrowser, startBrowser, violations, ONCE_MORE } from './chromium.ts'
import { endAll, serveFolder } from './serving.ts'
import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
// Where screenshots for the documents go: docs/pictures, when they are to be made anew.
const pictures = process.env['NOMALY_PICTURES']
let browser: Browser | undefined
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  endAll()
  remove()
})

const DAY = 48
const START = Date.UTC(2026, 10, 2)

/** Twenty days, every half hour, of two pumps' flow and heat; at row 501 one has little flow and is hot. */
function pumps(): string {
  const rows = Array.from({ length: DAY * 20 }, (_, t) => {
    const odd = t === 500
    const flow = odd ? 4 : 20 + 5 * Math.sin((2 * Math.PI * t) / DAY) + 0.5 * Math.sin(t * t)
    const heat = odd ? 95 : 60 + 3 * Math.cos(t * 1.7)
    return `${new Date(START + t * 1_800_000).toISOString()},${t % 2 === 0 ? 'north' : 'south'},${flow.toFixed(3)},${heat.toFixed(3)}`
  })
  return ['at,pump,flow,heat', ...rows].join('\n')
}

const csv = pumps()
const file = write('pumps.csv', csv)
const sha256 = createHash('sha256').update(csv).digest('hex')
const data = join(folder, 'data')
const detect = ['detect', file, '--columns', 'flow,heat', '--contamination', '0.002', '--data', data]
const page = (name: string): string => join(folder, name)
const read = (name: string): string => readFileSync(page(name), 'utf8')

async function idOf(args: ReadonlyArray<string>, stdin?: string): Promise<string> {
  const { code, stderr } = await nomaly(args, { stdin })
  expect([code, stderr]).toEqual([0, expect.stringMatching(/kept as [\w-]+, with a copy of the data\n/)])
  return /kept as ([\w-]+)/.exec(stderr)?.[1] ?? ''
}

describe('nomaly detect --keep, results and report', () => {
  it('keeps a result, lists it, and writes it as a page with values, reasons, hash and a command that gives the same', async () => {
    const id = await idOf([...detect, '--keep'])
    const listed = await nomaly(['results', '--data', data])
    expect(linesOf(listed.stdout)).toEqual([
      'result,made,data,detector,rows,anomalies,threshold,true_alarms,false_alarms',
      expect.stringMatching(new RegExp(`^${id},20\\d\\d-[^,]+Z,pumps.csv,iforest,960,2,0\\.\\d+,0,0$`)),
    ])
    const { code, stdout, stderr } = await nomaly(['report', 'last', '-o', page('kept.html'), '--data', data])
    expect([code, stdout, stderr]).toEqual([0, '', `wrote ${page('kept.html')}\n`])
    const written = read('kept.html')
    expect(written).toMatch(/The strangest is row 501 with a score of 0\.\d+, above all for its (flow|heat)/)
    expect(written).toContain(`<td>${sha256}</td>`)
    expect(written).toContain('<td>north</td>') // a column that was not searched, but tells which pump it is
    expect((await nomaly(['report', id, '--data', data])).stdout).toBe(written)

    const [, command = ''] = /<pre>nomaly ([^<]+)<\/pre>/.exec(written) ?? []
    const again = await nomaly([...command.split(' '), '--all', '--data', data], { cwd: folder })
    expect(again.stdout).toBe((await nomaly([...detect, '--all'])).stdout)
  })

  it('keeps one copy of the same data', async () => {
    await idOf([...detect, '--keep', '--detector', 'ecod'])
    expect(readdirSync(join(data, 'datasets')).filter((name) => !name.startsWith('.'))).toHaveLength(1)
  })

  it('writes a report in one go and keeps nothing, also of the standard input', async () => {
    const [passing, nothing] = [join(folder, 'passing'), join(folder, 'nothing')]
    mkdirSync(passing)
    const args = ['detect', '-', '--columns', 'flow,heat', '--report', page('piped.html'), '--data', nothing]
    const { code, stdout, stderr } = await nomaly([...args, '--fail-on', '1'], { stdin: csv, env: { TMPDIR: passing } })
    expect([code, stderr]).toEqual([1, `wrote ${page('piped.html')}\n`])
    expect(linesOf(stdout)[0]).toBe('row,score,stands_out')
    expect(read('piped.html')).toContain('<title>Anomalies in standard input</title>')
    expect(read('piped.html')).toContain(sha256)
    expect([existsSync(nothing), readdirSync(passing)]).toEqual([false, []])
  })

  it('reports on series with their band', async () => {
    const series = ['detect', file, '--time', 'at', '--value', 'flow', '--data', join(folder, 'series')]
    await idOf([...series, '--keep', '--report', page('series.html')])
    const written = read('series.html')
    expect(written).toContain('The strangest is row 501 at 2026-11-12 10:00:00 UTC: 4 where ')
    expect(written).toContain('<path class="band"')
    expect(written).toContain('pumps.csv --time at --value flow --detector seasonal-baseline --param period=48')
    const kept = await nomaly(['report', 'last', '--data', join(folder, 'series')])
    expect(kept.stdout).toBe(written)
  })

  it('reports on keys, encodings and dropped rows', async () => {
    const args = ['detect', file, '--report', page('encoded.html'), '--encode', 'onehot', '--standardize']
    const gaps = write('gaps.csv', csv.replace('20.000', ''))
    expect((await nomaly(args)).code).toBe(0)
    expect(read('encoded.html')).toContain('--encode onehot --standardize')
    const dropped = ['detect', gaps, '--columns', 'flow,heat', '--missing', 'drop', '--report', page('dropped.html')]
    expect((await nomaly(dropped)).code).toBe(0)
    expect(read('dropped.html')).toContain('The strangest is row 501')
    const keyed = ['detect', file, '--time', 'at', '--value', 'heat', '--key', 'pump', '--report', page('keyed.html')]
    expect((await nomaly(keyed)).code).toBe(0)
    expect(read('keyed.html')).toMatch(/heat of (north|south) around/)
    expect(read('keyed.html')).toContain('<h2 id="h-series">The series</h2>')
  })

  it('tells what is not there, and removes', async () => {
    const unknown = await nomaly(['report', 'none', '--data', data])
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining("there is no result 'none'; there are: "),
    ])
    const empty = await nomaly(['report', 'last', '--data', join(folder, 'empty')])
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('none (detect --keep keeps one)')])
    expect(existsSync(join(folder, 'empty'))).toBe(false)
    const id = await idOf([...detect, '--keep'])
    const removed = await nomaly(['results', 'remove', id, 'none', '--data', data])
    expect([removed.code, linesOf(removed.stdout)]).toEqual([4, ['result,removed', `${id},1`, 'none,0']])
    const nothing = join(folder, 'refused')
    const refused = await nomaly(['detect', file, '--keep', '--columns', 'none', '--data', nothing])
    expect([refused.code, readdirSync(join(nothing, 'datasets'))]).toEqual([2, ['.incoming']])
    const missing = await nomaly(['detect', join(folder, 'none.csv'), '--keep', '--data', data])
    expect([missing.code, linesOf(missing.stderr)]).toEqual([3, [expect.stringContaining('none.csv')]])
  })
})

describe('over HTTP', () => {
  it('reports on what the command kept, and the command on what the server kept, to the byte', async () => {
    const shared = join(folder, 'shared')
    const id = await idOf([...detect.slice(0, -1), shared, '--keep'])
    const { url } = await serveFolder(shared)
    const answer = await fetch(`${url}/api/v1/results/${id}/report`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(await answer.text()).toBe((await nomaly(['report', id, '--data', shared])).stdout)

    const dataset = (await (await fetch(`${url}/api/v1/datasets`)).json()) as { items: ReadonlyArray<{ id: string }> }
    const input = { dataset: dataset.items[0]?.id, columns: ['flow', 'heat'], detector: 'ecod' }
    const job = await fetch(`${url}/api/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'detect', input }),
    })
    const at = `${url}${job.headers.get('location') ?? ''}`
    await expect
      .poll(async () => ((await (await fetch(at)).json()) as { state: string }).state, { timeout: 20_000 })
      .toBe('completed')
    const { output } = (await (await fetch(at)).json()) as { output: { result: string } }
    await fetch(`${url}/api/v1/results/${output.result}/feedback/500`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'true_alarm', note: 'a valve was shut' }),
    })
    const report = await nomaly(['report', 'last', '--data', shared])
    expect(report.stdout).toContain('true alarm: a valve was shut')
    expect(report.stdout).toBe(await (await fetch(`${url}/api/v1/results/${output.result}/report`)).text())
    expect((await fetch(`${url}/api/v1/results/none/report`)).status).toBe(404)
  })
})

describe.skipIf(!hasBrowser)(`the report in Chromium${browserNote}`, ONCE_MORE, () => {
  const NAMES = ['kept', 'series', 'keyed'] as const
  beforeAll(async () => {
    // those that the tests above have written are there, unless they were left out
    const made = async (name: string, args: ReadonlyArray<string>): Promise<unknown> =>
      existsSync(page(`${name}.html`)) || nomaly([...args, '--report', page(`${name}.html`)])
    await made('kept', detect)
    await made('series', ['detect', file, '--time', 'at', '--value', 'flow'])
    await made('keyed', ['detect', file, '--time', 'at', '--value', 'heat', '--key', 'pump'])
  })

  async function opened(name: string, colorScheme: 'light' | 'dark', bypassCSP: boolean): Promise<Page> {
    const shown = await browser?.newPage({ colorScheme, bypassCSP, viewport: { width: 1000, height: 1400 } })
    if (shown === undefined) throw new Error('the browser did not start')
    await shown.goto(pathToFileURL(page(`${name}.html`)).href)
    return shown
  }

  it.each(NAMES.flatMap((name) => [[name, 'light'] as const, [name, 'dark'] as const]))(
    '%s has no violation of accessibility rules in %s, and fits 360 pixels',
    async (name, scheme) => {
      const shown = await opened(name, scheme, true)
      const background = await shown.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(background).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)')
      if (pictures !== undefined && name === 'series')
        await shown.screenshot({ path: join(pictures, `report-${scheme}.png`) })
      expect(await violations(shown)).toEqual([])
      await shown.setViewportSize({ width: 360, height: 800 })
      expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
      await shown.close()
    },
  )

  it('is styled under its own policy, has no script, and fetches nothing', async () => {
    const shown = await opened('kept', 'light', false)
    const [faults, fetched]: [Array<string>, Array<string>] = [[], []]
    shown.on('console', (line) => void faults.push(line.text()))
    shown.on('request', (request) => void fetched.push(request.url()))
    await shown.reload()
    expect(await shown.evaluate("getComputedStyle(document.querySelector('.tiles')).display")).toBe('grid')
    expect(await shown.evaluate('document.scripts.length')).toBe(0)
    expect([faults, fetched]).toEqual([[], [shown.url()]])
    await shown.close()
  })

  it('prints on A4 without a picture that is cut', async () => {
    const shown = await opened('kept', 'dark', false)
    await shown.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await shown.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await shown.setViewportSize({ width: 688, height: 1000 }) // 210 mm less the margins
    expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688)
    const breaks =
      "[...document.querySelectorAll('figure, article')].every((one) => getComputedStyle(one).breakInside === 'avoid')"
    expect(await shown.evaluate(breaks)).toBe(true)
    const pdf = (await shown.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
      Math.round(Number(width)),
      Math.round(Number(height)),
    ])
    expect(sizes.length).toBeGreaterThan(1)
    for (const size of sizes) expect(size).toEqual([595, 842]) // points: 210 x 297 mm
    await shown.close()
  })
})
