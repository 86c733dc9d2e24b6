import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { endAll, serveFolder } from './serving.ts'
import { sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
beforeAll(() => {
  files = scratch()
})
afterEach(endAll)
afterAll(() => files.remove())

const post = (url: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

/** Each row on a curve of its own columns, the last one far from it. */
function rowsOf(rows: number, columns: number): ReadonlyArray<ReadonlyArray<number>> {
  return Array.from({ length: rows }, (_row, row) =>
    Array.from({ length: columns }, (_value, column) => (row === rows - 1 ? 9 : Math.sin(row * (column + 1.7)))),
  )
}

async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

/** Takes a minute where nobody ends it. */
const LONG = { rows: rowsOf(2000, 10), detector: 'cof', explanation: { rows: [...Array(50).keys()] } }

describe('long requests of nomaly serve', () => {
  it('hold nobody else up', async () => {
    const { url } = await serveFolder(join(files.folder, 'long'))
    const detect = `${url}/api/v1/detect`
    const body = { rows: rowsOf(20_000, 10), detector: 'lof', contamination: 0.001 }
    await post(detect, { rows: rowsOf(50, 2) }) // threads and code are there
    await metricOf(url, 'nodejs_eventloop_lag_p99_seconds') // counted from here on
    let isDone = false
    const asked = post(detect, body).finally(() => (isDone = true))
    const waits: number[] = []
    while (!isDone) {
      const start = performance.now()
      expect((await fetch(`${url}/health/liveness`)).status).toBe(200)
      waits.push(performance.now() - start)
      await pause(10)
    }
    const answer = await asked
    expect(answer.status).toBe(200)
    const { scores, anomalies } = (await answer.json()) as { scores: number[]; anomalies: { index: number }[] } // as described
    expect([scores.length, anomalies[0]?.index]).toEqual([20_000, 19_999])
    // half of it is the goal, measured where nothing else runs: see docs/benchmarks.md
    expect(await metricOf(url, 'nodejs_eventloop_lag_p99_seconds')).toBeLessThan(0.1)
    expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(100)
  }, 60_000)

  it('answer alike on the loop and on a thread, and tell of it by events', async () => {
    const { url } = await serveFolder(join(files.folder, 'alike'))
    const api = `${url}/api/v1`
    const rows = rowsOf(60, 2)
    const trained = await post(`${api}/models/pump/versions`, { rows, contamination: 0.02 })
    expect([trained.status, trained.headers.get('location')]).toEqual([201, '/api/v1/models/pump/versions/1'])
    const scores: unknown[] = []
    for (let i = 0; i < 12; i++) {
      const answer = await post(`${api}/detect`, { rows, model: { name: 'pump' } })
      expect(answer.headers.get('content-type')).toBe('application/json')
      scores.push(((await answer.json()) as { scores: unknown }).scores) // as described
    }
    expect(new Set(scores.map((one) => JSON.stringify(one))).size).toBe(1)
    const refused = await post(`${api}/detect`, { rows, dataset: 'd', colour: 'red' })
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect((await post(`${api}/detect`, { dataset: 'none' })).status).toBe(404)
    expect((await post(`${url}/v2/models/none/infer`, { inputs: [] })).status).toBe(400)
    const events = (await (await fetch(`${api}/events?patterns=nomaly.detection.completed`)).json()) as {
      items: object[]
    } // as described
    expect(events.items).toHaveLength(12)
  })

  it('describe and check kept data sets alike on the loop and on a thread', async () => {
    const { url } = await serveFolder(join(files.folder, 'data'))
    const api = `${url}/api/v1`
    const kept = await fetch(`${api}/datasets?name=sample.csv`, { method: 'POST', body: sampleCsv() })
    const { id: datasetId } = (await kept.json()) as { readonly id: string } // as described
    const suite = { name: 's', expectations: [{ type: 'expectColumnToExist', kwargs: { column: 'a' } }] }
    for (let i = 0; i < 3; i++) {
      const profiled = await post(`${api}/profiles`, { datasetId })
      const profile = (await profiled.json()) as { readonly id: string } // as described
      expect((await fetch(`${api}/profiles/${profile.id}`)).status).toBe(200)
      const checked = await post(`${api}/quality/checks`, { suite, datasetId })
      expect([checked.status, await checked.json()]).toMatchObject([201, { validation: { success: true } }])
    }
    expect((await post(`${api}/profiles`, { datasetId: 'none' })).status).toBe(404)
    const told = await (await fetch(`${api}/events?patterns=nomaly.profile.*`)).json()
    expect(told).toMatchObject({ items: [{}, {}, {}] })
  })

  it('end when their client goes away', async () => {
    const { url } = await serveFolder(join(files.folder, 'away'))
    const away = new AbortController()
    const asked = post(`${url}/api/v1/explain`, LONG, away.signal)
    await pause(1500)
    away.abort()
    await expect(asked).rejects.toThrow()
    await pause(1000)
    const before = await metricOf(url, 'process_cpu_seconds_total')
    await pause(1000)
    expect((await metricOf(url, 'process_cpu_seconds_total')) - before).toBeLessThan(0.5)
  })

  it('are put off where there are too many', async () => {
    const { url } = await serveFolder(join(files.folder, 'many'))
    const away = new AbortController()
    const asked = Array.from({ length: 140 }, () => post(`${url}/api/v1/explain`, LONG, away.signal))
    const refused = await Promise.any(
      asked.map(async (one) => {
        const answer = await one
        if (answer.status !== 503) throw new Error(String(answer.status))
        return answer
      }),
    )
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ status: 503, title: 'Busy' })
    expect((await fetch(`${url}/health/liveness`)).status).toBe(200)
    away.abort()
    await Promise.allSettled(asked)
    const again = async (): Promise<number> => (await post(`${url}/api/v1/detect`, { rows: rowsOf(50, 2) })).status
    await expect.poll(again, { timeout: 20_000, interval: 500 }).toBe(200)
  })
})
