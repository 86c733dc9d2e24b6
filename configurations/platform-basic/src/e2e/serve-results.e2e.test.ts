import { join } from 'node:path'

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
})
