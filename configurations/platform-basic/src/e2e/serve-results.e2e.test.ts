import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { createFileTables } from '@nomaly/integration-files'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { endAll, serveFolder } from './serving.ts'
import { type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
beforeAll(() => {
  files = scratch()
})
afterEach(endAll)
afterAll(() => files.remove())

type Json = Readonly<Record<string, unknown>>

/** The API of a server, whose answers are looked at as they come. */
const client = (api: string) => ({
  get: async <T = Json>(path: string): Promise<T> => {
    const answer = await fetch(`${api}${path}`)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.json()) as T // as described
  },
  ask: async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Json }> => {
    const headers = { 'content-type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await fetch(`${api}${path}`, { method, ...(body !== undefined && { headers, body: text }) })
    const answered = await answer.text()
    return { status: answer.status, body: answered === '' ? {} : (JSON.parse(answered) as Json) } // all answers are objects
  },
})
type Client = ReturnType<typeof client>

async function upload(api: Client, name: string, content: string): Promise<string> {
  return String((await api.ask('POST', `/datasets?name=${name}`, content)).body['id'])
}

async function done(api: Client, kind: string, input: Json): Promise<Json> {
  const { body } = await api.ask('POST', '/jobs', { kind, input })
  for (;;) {
    const job = await api.get(`/jobs/${String(body['id'])}`)
    if (!['waiting', 'running'].includes(String(job['state']))) return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// 200 rows, of which 30 and 120 are unlike the others; row 77 lacks a value
const pumps = `name,a,b\n${Array.from({ length: 200 }, (_, i) => {
  const far = i === 30 ? 40 : i === 120 ? -25 : 0
  return `p-${i},${i === 77 ? '' : Math.sin(i) + far},${Math.cos(3 * i) - far}`
}).join('\n')}\n`

// Two pumps with a daily cycle, hour by hour and in turn, of which one has a peak; one that is too new; rows without a time.
const loads = `at,pump,load\n${Array.from({ length: 1000 }, (_, i) => {
  const hour = i >> 1
  const at = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString()
  const load = i === 601 ? 90 : 10 + 5 * Math.sin((hour / 24) * 2 * Math.PI) + Math.sin(i * 12.9898) / 4
  return `${at},${i % 2 === 0 ? 'east' : 'west'},${load}`
}).join('\n')}\n2026-01-01,new,1\n2026-01-02,new,1\n2026-01-03,new,1\n${',late,1\n'.repeat(7)}`

async function detected(api: Client, input: Json): Promise<string> {
  const job = await done(api, 'detect', input)
  expect(job).toMatchObject({ state: 'completed' })
  return String((job['output'] as Json)['result']) // of a job that is completed
}

async function columnsOf(path: string): Promise<ReadonlyMap<string, ReadonlyArray<unknown>>> {
  const table = await createFileTables().open({ path })
  const columns = new Map<string, unknown[]>(table.columns.map(({ name }) => [name, []]))
  for await (const batch of table.batches) {
    for (const { name, values } of batch.columns) columns.get(name)?.push(...values)
  }
  return columns
}

interface Explained {
  readonly score: number
  readonly contributions: ReadonlyArray<{ readonly feature: string }>
}

interface Rows {
  readonly rows: ReadonlyArray<{ readonly row: number; readonly score: number | null; readonly anomaly: boolean }>
  readonly next?: string
}

describe('kept results of nomaly serve', () => {
  it('are paged, filtered, reviewed and removed', async () => {
    const { url } = await serveFolder(join(files.folder, 'kept'))
    const api = client(`${url}/api/v1`)
    const dataset = await upload(api, 'pumps.csv', pumps)
    const job = await done(api, 'detect', { dataset, missing: 'drop', contamination: 0.01, seed: 3 })
    expect(job).toMatchObject({ state: 'completed', output: { rows: 200, anomalyCount: 2 } })
    const id = String((job['output'] as Json)['result']) // an object, as seen above
    const info = await api.get(`/results/${id}`)
    expect(info).toMatchObject({
      id,
      dataset: { id: dataset, name: 'pumps.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      algorithm: 'iforest',
      options: { contamination: 0.01, seed: 3, missing: 'drop' },
      columns: ['a', 'b'],
      rows: 200,
      anomalyCount: 2,
      bands: false,
      feedback: { trueAlarms: 0, falseAlarms: 0 },
    })
    expect(await api.get(`/results?dataset=${dataset}`)).toMatchObject({ results: [{ id }] })
    expect(await api.get('/results?dataset=other')).toEqual({ results: [] })

    const all: number[] = []
    for (let cursor = ''; ;) {
      const page = await api.get<Rows>(`/results/${id}/rows?sort=score&limit=70${cursor}`)
      all.push(...page.rows.map(({ score }) => score ?? Number.NEGATIVE_INFINITY))
      if (page.next === undefined) break
      cursor = `&cursor=${page.next}`
    }
    expect(all).toEqual(all.toSorted((a, b) => b - a))
    expect([all.length, all.at(-1)]).toEqual([200, Number.NEGATIVE_INFINITY])
    const { rows } = await api.get<Rows>(`/results/${id}/rows?anomalies=true`)
    expect(rows.map(({ row, anomaly }) => [row, anomaly])).toEqual([
      [30, true],
      [120, true],
    ])
    const { scores } = await api.get<{ readonly scores: ReadonlyArray<number | null> }>(
      `/results/${id}/scores?start=76&limit=3`,
    )
    expect(scores).toEqual([expect.any(Number), null, expect.any(Number)])

    const said = await api.ask('PUT', `/results/${id}/feedback/30`, { verdict: 'true_alarm', note: 'a leak' })
    expect(said).toMatchObject({ status: 200, body: { row: 30, verdict: 'true_alarm', note: 'a leak' } })
    await api.ask('PUT', `/results/${id}/feedback/120`, { verdict: 'false_alarm' })
    expect(await api.get(`/results/${id}/rows?verdict=false_alarm`)).toMatchObject({ rows: [{ row: 120 }] })
    expect(await api.get(`/results/${id}/evaluation`)).toMatchObject({ reviewed: 2, precision: 0.5, missed: 0 })
    expect((await api.ask('DELETE', `/results/${id}/feedback/120`)).status).toBe(204)
    expect(await api.get(`/results/${id}`)).toMatchObject({ feedback: { trueAlarms: 1, falseAlarms: 0 } })
    const { items } = await api.get<{ readonly items: ReadonlyArray<Json> }>('/events?patterns=nomaly.feedback.*')
    expect(items).toHaveLength(2)

    expect((await api.ask('DELETE', `/results/${id}`)).status).toBe(204)
    expect((await api.ask('GET', `/results/${id}`)).status).toBe(404)
    expect((await api.ask('DELETE', `/results/${id}`)).status).toBe(404)
  })

  it('are explained by the detector that was kept with them, or its data set, or not at all any more', async () => {
    const { url } = await serveFolder(join(files.folder, 'explained'))
    const api = client(`${url}/api/v1`)
    const dataset = await upload(api, 'pumps.csv', pumps)
    for (const detector of ['iforest', 'knn']) {
      const id = await detected(api, { dataset, missing: 'drop', contamination: 0.01, detector })
      const explained = await api.get<Explained>(`/results/${id}/rows/30/explanation`)
      expect(explained).toMatchObject({ row: 30, detector })
      const { rows } = await api.get<Rows>(`/results/${id}/rows?anomalies=true`)
      expect(explained.score).toBeCloseTo(rows.find(({ row }) => row === 30)?.score ?? Number.NaN, 12)
      expect(explained.contributions.map(({ feature }) => feature).toSorted()).toEqual(['a', 'b'])
      expect((await api.ask('GET', `/results/${id}/rows/77/explanation`)).status).toBe(422)
      expect((await api.ask('GET', `/results/${id}/rows/200/explanation`)).status).toBe(404)
    }
    const id = await detected(api, { dataset, missing: 'drop' })
    const { items } = await api.get<{ readonly items: ReadonlyArray<Json> }>(
      '/events?patterns=nomaly.detection.completed',
    )
    expect(items).toHaveLength(3)
    await api.ask('DELETE', `/datasets/${dataset}`)
    expect(await api.ask('GET', `/results/${id}/rows/30/explanation`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('data set of this result is not kept any more') },
    })
  })

  it('are downloaded in three forms that read back, filtered, and without the data set', async () => {
    const { url } = await serveFolder(join(files.folder, 'downloads'))
    const api = client(`${url}/api/v1`)
    const dataset = await upload(api, 'pumps.csv', pumps)
    const id = await detected(api, { dataset, missing: 'drop', contamination: 0.01 })
    await api.ask('PUT', `/results/${id}/feedback/120`, { verdict: 'false_alarm' })
    const { scores } = await api.get<{ readonly scores: ReadonlyArray<number | null> }>(`/results/${id}/scores`)
    const download = async (query: string): Promise<ReadonlyMap<string, ReadonlyArray<unknown>>> => {
      const answer = await fetch(`${url}/api/v1/results/${id}/download?${query}`)
      const [, name = ''] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? []
      const path = join(files.folder, `${Math.random()}-${name}`)
      await writeFile(path, Buffer.from(await answer.arrayBuffer()))
      return columnsOf(path)
    }
    for (const format of ['csv', 'jsonl', 'parquet']) {
      const all = await download(`format=${format}`)
      expect([...all.keys()]).toEqual(['row', 'name', 'a', 'b', 'score', 'anomaly', 'verdict'])
      expect(all.get('score')).toEqual(scores.map((score) => score ?? Number.NaN))
      expect(all.get('name')?.slice(76, 79)).toEqual(['p-76', 'p-77', 'p-78'])
      expect(all.get('a')?.[77]).toBeNaN()
      expect(all.get('verdict')?.slice(119, 122)).toEqual([null, 'false_alarm', null])
      const few = await download(`format=${format}&anomalies=true&verdict=none`)
      expect([few.get('row'), few.get('name')]).toEqual([[30], ['p-30']])
    }
    await api.ask('DELETE', `/datasets/${dataset}`)
    const alone = await download('format=csv&anomalies=true')
    expect([...alone.keys(), ...(alone.get('row') ?? [])]).toEqual(['row', 'score', 'anomaly', 'verdict', 30, 120])
  })

  it('of series have bands, and lanes by key', async () => {
    const { url } = await serveFolder(join(files.folder, 'series'))
    const api = client(`${url}/api/v1`)
    const dataset = await upload(api, 'loads.csv', loads)
    const job = await done(api, 'detect', { dataset, time: 'at', value: 'load', key: 'pump', period: 24 })
    expect(job).toMatchObject({ state: 'completed', output: { rows: 1010, series: 3 } })
    const id = String((job['output'] as Json)['result']) // of a job that is completed
    expect(await api.get(`/results/${id}`)).toMatchObject({
      bands: true,
      threshold: null,
      columns: ['load'],
      series: {
        time: 'at',
        value: 'load',
        key: 'pump',
        entities: [
          { key: 'east', rows: 500, threshold: expect.any(Number) },
          { key: 'west', rows: 500 },
          { key: 'new', rows: 3, threshold: null, highest: null, anomalies: 0 },
        ],
      },
    })
    const { rows } = await api.get<{ readonly rows: ReadonlyArray<Json> }>(
      `/results/${id}/rows?anomalies=true&sort=score&key=west`,
    )
    expect(rows[0]).toMatchObject({
      row: 601,
      key: 'west',
      value: 90,
      anomaly: true,
      time: Date.UTC(2026, 0, 1) + 300 * 3_600_000,
    })
    expect(Number(rows[0]?.['upper'])).toBeLessThan(90)
    expect(Number(rows[0]?.['expected'])).toBeLessThan(20)
    const drawn = await api.get<Readonly<Record<string, ReadonlyArray<number | null>>>>(
      `/results/${id}/scores?start=998&limit=20`,
    )
    expect(drawn['entity']).toEqual([0, 1, 2, 2, 2, ...Array.from({ length: 7 }, () => null)])
    expect([drawn['scores']?.[2], drawn['expected']?.[2], drawn['time']?.[5], drawn['value']?.[5]]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(drawn['upper']?.[0]).toBeTypeOf('number')
    const { output } = (await done(api, 'detect', { dataset, time: 'at', value: 'load' })) as { readonly output: Json }
    expect(output).toMatchObject({ series: 1, threshold: expect.any(Number) })
    const wrong = await api.ask('POST', '/jobs', { kind: 'detect', input: { dataset, key: 'pump' } })
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'input.key' }] } })
  })

  it('refuse what cannot be, by the path of the field', async () => {
    const { url } = await serveFolder(join(files.folder, 'refused'))
    const api = client(`${url}/api/v1`)
    const dataset = await upload(api, 'pumps.csv', pumps)
    const id = await detected(api, { dataset, missing: 'drop' })
    const refusals: ReadonlyArray<readonly [string, number, string | undefined]> = [
      ['/results?cursor=x', 400, 'cursor'],
      ['/results?limit=0', 400, 'limit'],
      ['/results/none', 404, undefined],
      ['/results/..%2F..%2Fetc', 404, undefined],
      [`/results/${id}/rows?cursor=row-200`, 400, 'cursor'],
      [`/results/${id}/rows?cursor=score-1`, 400, 'cursor'],
      [`/results/${id}/rows?limit=1001`, 400, 'limit'],
      [`/results/${id}/rows?min_score=high`, 400, 'min_score'],
      [`/results/${id}/rows?verdict=maybe`, 400, 'verdict'],
      [`/results/${id}/scores?limit=100001`, 400, 'limit'],
      [`/results/${id}/download?format=xlsx`, 400, 'format'],
      [`/results/${id}/rows/-1/explanation`, 400, 'row'],
    ]
    for (const [path, status, field] of refusals) {
      const answer = await api.ask('GET', path)
      expect([path, answer.status]).toEqual([path, status])
      if (field !== undefined) expect(answer.body).toMatchObject({ errors: [{ path: field }] })
    }
    const verdict = 'true_alarm'
    expect((await api.ask('PUT', `/results/${id}/feedback/200`, { verdict })).status).toBe(404)
    expect((await api.ask('PUT', `/results/none/feedback/1`, { verdict })).status).toBe(404)
    expect((await api.ask('DELETE', `/results/${id}/feedback/1`)).status).toBe(404)
    const long = await api.ask('PUT', `/results/${id}/feedback/1`, { verdict, note: 'x'.repeat(2001) })
    expect(long).toMatchObject({ status: 400, body: { errors: [{ path: 'note' }] } })
  })

  it('stay over SIGKILL with their feedback, by which detectors are measured', async () => {
    const folder = join(files.folder, 'killed')
    const first = await serveFolder(folder)
    const before = client(`${first.url}/api/v1`)
    const dataset = await upload(before, 'pumps.csv', pumps)
    const id = await detected(before, { dataset, missing: 'drop', contamination: 0.01 })
    await before.ask('PUT', `/results/${id}/feedback/30`, { verdict: 'true_alarm' })
    await before.ask('PUT', `/results/${id}/feedback/5`, { verdict: 'false_alarm', note: 'start-up' })
    await first.end('SIGKILL')
    const api = client(`${(await serveFolder(folder)).url}/api/v1`)
    expect(await api.get('/results')).toMatchObject({ results: [{ id, feedback: { trueAlarms: 1, falseAlarms: 1 } }] })
    const said = await api.get<{ readonly feedback: ReadonlyArray<Json> }>(`/results/${id}/feedback`)
    expect(said.feedback).toMatchObject([{ row: 5, note: 'start-up' }, { row: 30 }])
    const evaluate = { dataset, missing: 'drop', detectors: ['iforest'] }
    expect(await done(api, 'evaluate', { ...evaluate, feedback: true })).toMatchObject({
      output: { evaluations: [{ rocAuc: 1, precisionAtN: 1 }], reviewed: { trueAlarms: 1, falseAlarms: 1 } },
    })
    const wrong = await api.ask('POST', '/jobs', { kind: 'evaluate', input: evaluate })
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'input.label' }] } })
  })

  it('of text columns, as numbers, are explained', async () => {
    const { url } = await serveFolder(join(files.folder, 'text'))
    const api = client(`${url}/api/v1`)
    const rows = Array.from({ length: 60 }, (_, i) => (i === 9 ? 'smoke' : ['idle', 'busy'][i % 2]))
    const dataset = await upload(api, 'states.csv', `state\n${rows.join('\n')}\n`)
    const refused = await done(api, 'detect', { dataset })
    expect(refused['failure']).toMatchObject({ message: expect.stringContaining('encode them as onehot') })
    const id = await detected(api, { dataset, encode: 'onehot', contamination: 0.02 })
    expect(await api.get(`/results/${id}/rows?anomalies=true`)).toMatchObject({ rows: [{ row: 9 }] })
    expect(await api.get(`/results/${id}`)).toMatchObject({ columns: ['state'], options: { encode: 'onehot' } })
    expect(await api.get(`/results/${id}/rows/9/explanation`)).toMatchObject({ row: 9 })
  }, 60_000)
})
