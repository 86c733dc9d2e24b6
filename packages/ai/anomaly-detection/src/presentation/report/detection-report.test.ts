import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { detect } from '../../application/detect.ts'
import { explain } from '../../application/explain-results.ts'
import type { ResultDraft, ResultPart } from '../../application/ports/result-store.ts'
import type { Table } from '../../application/ports/table-reader.ts'
import { detectTimeSeries } from '../../application/time-series/detect-time-series.ts'
import { datasetFromRows } from '../../domain/dataset-of.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import { createFolderResultStore } from '../../infrastructure/results/folder-result-store.ts'
import { detectionReport } from './detection-report.ts'
import { gatherReport } from './gather-report.ts'
import type { ReportSources } from './report-sources.ts'
import { REPORT_POLICY, REPORT_STYLE } from './report-style.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-report-'))
afterAll(() => rmSync(folder, { recursive: true }))
const store = createFolderResultStore({ folder })

const HOSTILE = `"><script>alert('x')</script>&lt;`
const DRAFT: ResultDraft = {
  dataset: { id: 'd', name: 'pumps.csv', sha256: 'ab'.repeat(32) },
  createdAt: Date.UTC(2026, 10, 21, 7),
  durationMs: 1234,
  algorithm: 'ecod',
  parameters: {},
  options: { contamination: 0.02 },
  columns: ['flow', 'heat'],
  threshold: 0,
  bands: false,
}

async function sourcesOf(
  id: string,
  draft: ResultDraft,
  parts: ReadonlyArray<ResultPart>,
  rest: Partial<ReportSources> = {},
): Promise<ReportSources> {
  const writer = await store.write(id)
  for (const part of parts) await writer.append(part)
  await writer.finish(draft)
  return {
    result: await store.open(id),
    feedback: new Map(),
    openDataset: () => Promise.reject(new Error('the data set is not kept any more')),
    explain: () => Promise.reject(new Error('the data set is not kept any more')),
    version: '1.2.3',
    ...rest,
  }
}

const ROWS = Array.from({ length: 100 }, (_, i) => (i === 42 ? [30, -9] : [Math.sin(i), Math.cos(i * 1.7)]))

async function pumps(id: string, feature = 'heat'): Promise<ReportSources> {
  const dataset = datasetFromRows(ROWS, { features: ['flow', feature] })
  const options = { detector: 'ecod', contamination: 0.02 }
  const { scores, threshold } = detect(dataset, options)
  const table = (): Table => {
    const names = Array.from(ROWS, (_, row) => (row === 42 ? HOSTILE : `pump ${row}`))
    const columns = [
      { kind: 'text', name: 'name', values: names },
      { kind: 'number', name: 'flow', values: Float64Array.from(ROWS, ([flow]) => flow ?? 0) },
      { kind: 'number', name: feature, values: Float64Array.from(ROWS, ([, heat]) => heat ?? 0) },
    ] as const
    const batches = async function* (): Table['batches'] {
      yield { rows: ROWS.length, columns }
    }
    return { columns, batches: batches() }
  }
  const draft = { ...DRAFT, threshold, columns: ['flow', feature] }
  const said: Feedback = { row: 42, verdict: 'true_alarm', note: HOSTILE, at: 0 }
  return sourcesOf(id, draft, [{ score: scores }], {
    feedback: new Map([[42, said]]),
    openDataset: () => Promise.resolve(table()),
    explain: async (rows) => (await explain(dataset, { detection: options, explanation: { rows } })).explanations,
  })
}

const pageOf = async (sources: ReportSources): Promise<string> => detectionReport(await gatherReport(sources))

describe('the report of a table', () => {
  it('tells in words what was found, shows values, reasons, parameters, the hash and the command', async () => {
    const page = await pageOf(await pumps('told'))
    expect(page).toContain('Of pumps.csv, 100 rows by 2 columns were looked at by ecod: 2 rows (2.0 %) score above ')
    expect(page).toMatch(/The strangest is row 43 with a score of [\d.]+, above all for its (flow|heat) \(/)
    expect(page).toContain(`<td>${'ab'.repeat(32)}</td>`)
    expect(page).toContain(
      '<pre>nomaly detect pumps.csv --columns flow,heat --detector ecod --contamination 0.02</pre>',
    )
    expect(page).toContain('<dd>1 true, 0 false</dd>')
    expect(page).toContain('By</th><td>Nomaly 1.2.3</td>')
    expect(page.match(/<svg /g)?.length).toBeGreaterThan(5)
  })

  it('is the same to the byte for the same result', async () => {
    const sources = await pumps('same')
    expect(await pageOf(sources)).toBe(await pageOf(sources))
  })

  it('escapes whatever names, values and notes hold, and lets nothing run or be fetched', async () => {
    const page = await pageOf(await pumps('hostile', HOSTILE))
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;alert(&#39;x&#39;)')
    expect(page).not.toMatch(/(?:src|href)="(?!#)|url\(|@import| style="| on[a-z]+="/)
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? []
    expect(style).toBe(REPORT_STYLE)
    expect(REPORT_POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  it('says what is missing where the data are gone', async () => {
    const scores = Float64Array.from({ length: 10 }, (_, i) => i)
    const page = await pageOf(await sourcesOf('gone', { ...DRAFT, threshold: 8 }, [{ score: scores }]))
    expect(page).toContain('Neither reasons nor values are shown: the data set is not kept any more.')
    expect(page).toContain('1 row (10.0 %) scores above 8')
  })

  it('names the version that made the result, not the one that reports on it', async () => {
    const writer = await createFolderResultStore({ folder, version: '0.0.9' }).write('old')
    await writer.append({ score: new Float64Array(3) })
    await writer.finish(DRAFT)
    const sources = await pumps('new')
    expect(await pageOf({ ...sources, result: await store.open('old') })).toContain('<td>Nomaly 0.0.9</td>')
  })

  it('has a line for a result without anomalies, rows and equal scores', async () => {
    const sources = await sourcesOf('none', DRAFT, [{ score: new Float64Array(3) }])
    expect(await pageOf(sources)).toContain('none of them scores above 0')
  })

  it('is small however many rows there are, and keeps the extremes', async () => {
    const part = Float64Array.from({ length: 100_000 }, (_, i) => Math.sin(i) ** 2)
    const odd = part.slice()
    odd[77_777] = 123.25
    const parts = [...Array.from({ length: 9 }, () => ({ score: part })), { score: odd }]
    const page = await pageOf(await sourcesOf('large', { ...DRAFT, threshold: 2 }, parts))
    expect(page.length).toBeLessThan(60_000)
    expect(page).toContain('<span>123.25</span>')
    expect(page).toContain('1 place marked as anomalous')
  })

  it('is bounded in hostile numbers of columns, anomalies and long texts', async () => {
    const columns = Array.from({ length: 3000 }, (_, i) => `${'x'.repeat(1000)}${i}`)
    const parameters = { long: 'y'.repeat(1_000_000) }
    const draft = { ...DRAFT, columns, parameters, dataset: { ...DRAFT.dataset, name: 'z'.repeat(100_000) } }
    const page = await pageOf(await sourcesOf('wide', draft, [{ score: new Float64Array(10_000).fill(1) }]))
    expect(page.length).toBeLessThan(100_000)
  })
})

describe('the report of series', () => {
  it('draws each with its band, marks what lies outside, and looks closely at the strangest', async () => {
    const [points, hour] = [480, 3_600_000]
    const values = Float64Array.from({ length: points }, (_, t) =>
      t === 300 ? 40 : 20 + 5 * Math.sin((2 * Math.PI * t) / 24) + Math.sin(t * t) / 2,
    )
    const { scores, threshold, expected, lower, upper, detector, parameters } = detectTimeSeries(values)
    const all = (one: Float64Array | undefined, other = one): Float64Array =>
      Float64Array.from([...(one ?? []), ...(other ?? [])])
    const entity = (key: string, highest: number) => ({
      key,
      rows: points,
      anomalies: highest > threshold ? 1 : 0,
      highest,
      threshold,
    })
    const series = {
      time: 'at',
      value: 'load',
      key: 'pump',
      entities: [entity('a', scores[300] ?? 0), entity(HOSTILE, 0)],
    }
    const part = {
      score: all(scores, new Float64Array(points)),
      time: all(Float64Array.from({ length: points }, (_, t) => DRAFT.createdAt + t * hour)),
      value: all(values),
      expected: all(expected),
      lower: all(lower),
      upper: all(upper),
      entity: new Uint32Array(2 * points).fill(1, points),
    }
    const draft: ResultDraft = {
      ...DRAFT,
      algorithm: detector,
      parameters,
      columns: ['load'],
      series,
      threshold: null,
      bands: true,
      options: {},
    }
    const page = await pageOf(await sourcesOf('series', draft, [part]))
    expect(page).toMatch(/The strangest is row 301 of a at 2026-12-03 19:00:00 UTC: 40 where [\d.]+ was expected/)
    expect(page.match(/<path class="band" d="M\d/g)).toHaveLength(4 + 2) // two series, a close-up, and their legends
    expect(page).toContain('load of a around 2026-12-03 19:00:00 UTC')
    expect(page).toMatch(
      /<pre>nomaly detect pumps.csv --time at --value load --key pump --detector seasonal-baseline --param period=24/,
    )
    expect(page).not.toContain('<script')
  })
})
