import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { endAll, serveFolder } from './serving.ts'
import { sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
beforeAll(() => {
  files = scratch()
})
afterEach(endAll)
afterAll(() => files.remove())

interface Job {
  readonly id: string
  readonly state: string
  readonly output?: Readonly<Record<string, unknown>>
  readonly failure?: { readonly message: string; readonly code?: string }
}

const send = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const jobOf = async (answer: Response | Promise<Response>): Promise<Job> => (await (await answer).json()) as Job // as described

async function upload(api: string, name = 'sample.csv', content = sampleCsv()): Promise<string> {
  const answer = await send(`${api}/datasets?name=${name}`, content, { 'content-type': 'application/octet-stream' })
  return ((await answer.json()) as { readonly id: string }).id // as described
}

async function ended(api: string, kind: string, input: unknown): Promise<Job> {
  const asked = await send(`${api}/jobs`, { kind, input })
  expect([asked.status, kind]).toEqual([202, kind])
  const { id } = await jobOf(asked)
  return endOf(api, id)
}

async function endOf(api: string, id: string): Promise<Job> {
  for (;;) {
    const job = await jobOf(fetch(`${api}/jobs/${id}`))
    if (!['waiting', 'running'].includes(job.state)) return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('jobs of nomaly serve', () => {
  it('of every kind are done on threads, and tell of it by events', async () => {
    const { url } = await serveFolder(join(files.folder, 'kinds'))
    const api = `${url}/api/v1`
    const dataset = await upload(api)
    const data = { dataset, columns: ['a', 'b'] }
    const top = expect.arrayContaining([expect.objectContaining({ index: 30 })])
    const detected = await ended(api, 'detect', { ...data, contamination: 0.02 })
    expect(detected).toMatchObject({
      state: 'completed',
      output: { rows: 60, anomalies: top },
    })
    const trained = await ended(api, 'train', { ...data, contamination: 0.02, name: 'pump' })
    expect(trained).toMatchObject({ output: { model: { name: 'pump', version: 1 } } })
    const scored = await ended(api, 'detect', { dataset, model: { name: 'pump' } })
    expect(scored).toMatchObject({ output: { rows: 60, anomalies: top } })
    const explained = await ended(api, 'explain', { ...data, rows: [30] })
    expect(explained).toMatchObject({ output: { explanations: [{ row: 30 }] } })
    const profiled = await ended(api, 'profile', { dataset })
    expect(profiled).toMatchObject({ state: 'completed' })
    const profile = await fetch(`${api}/profiles/${String(profiled.output?.['profile'])}`)
    expect(await profile.json()).toMatchObject({ profile: { rows: 60 } })
    const suite = {
      name: 'sample',
      expectations: [{ type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'a' } }],
    }
    const kept = await fetch(`${api}/quality/suites/sample`, {
      method: 'PUT',
      body: JSON.stringify(suite),
      headers: { 'content-type': 'application/json' },
    })
    expect([200, 201]).toContain(kept.status)
    expect(await ended(api, 'check', { dataset, suite: 'sample' })).toMatchObject({ output: { success: true } })
    expect(await (await fetch(`${api}/quality/results`)).json()).toMatchObject({ results: [{}] })
    const labelled = await upload(
      api,
      'l.csv',
      `a,y\n${Array.from({ length: 40 }, (_, i) => `${i === 7 ? 90 : i % 5},${i === 7 ? 1 : 0}`).join('\n')}\n`,
    )
    const evaluated = await ended(api, 'evaluate', { dataset: labelled, label: 'y', detectors: ['iforest'] })
    expect(evaluated).toMatchObject({ output: { evaluations: [{ detector: 'iforest', rocAuc: 1 }] } })
    const { items } = (await (await fetch(`${api}/events`)).json()) as { items: { event: { type: string } }[] } // as described
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toContain('nomaly_jobs{state="waiting",queue="high"} 0\n')
    const types = new Set(items.map(({ event }) => event.type))
    expect([...types]).toEqual(
      expect.arrayContaining([
        'nomaly.dataset.uploaded',
        'nomaly.detection.completed',
        'nomaly.anomaly.detected',
        'nomaly.model.trained',
        'nomaly.profile.generated',
        'nomaly.quality.analyzed',
      ]),
    )
  })

  it('that cannot be done fail with the reason, at once', async () => {
    const { url } = await serveFolder(join(files.folder, 'refused'))
    const api = `${url}/api/v1`
    expect(await ended(api, 'detect', { dataset: 'none' })).toMatchObject({
      state: 'failed',
      failure: { code: 'files/unknown-dataset' },
    })
    const dataset = await upload(api)
    expect(await ended(api, 'detect', { dataset, detector: 'crystal-ball' })).toMatchObject({
      failure: { code: 'anomaly-detection/unknown-detector' },
    })
    expect(await ended(api, 'detect', { dataset, model: { name: 'none' } })).toMatchObject({
      failure: { code: 'anomaly-detection/unknown-model' },
    })
    expect(await ended(api, 'detect', { dataset, time: 'noon', value: 'flow' })).toMatchObject({
      failure: {
        code: 'files/unknown-column',
        message: expect.stringMatching(/^[^/]+\.csv: there is no column "noon"/),
      },
    })
    expect((await send(`${api}/jobs`, { kind: 'detect', input: { dataset, colour: 'red' } })).status).toBe(400)
  })

  it('survive SIGKILL: what was acknowledged is done after the next start', async () => {
    const folder = join(files.folder, 'killed')
    const first = await serveFolder(folder)
    const dataset = await upload(`${first.url}/api/v1`)
    const ids: string[] = []
    for (let i = 0; i < 6; i++) {
      const draft = { kind: 'detect', input: { dataset, columns: ['a', 'b'], seed: i } }
      const answer = await send(`${first.url}/api/v1/jobs`, draft, { 'idempotency-key': `k-${i}` })
      ids.push((await jobOf(answer)).id)
    }
    await first.end('SIGKILL')
    const again = await serveFolder(folder)
    for (const id of ids) expect(await endOf(`${again.url}/api/v1`, id)).toMatchObject({ state: 'completed' })
    expect(await again.end('SIGTERM')).toBe(143)
  }, 60_000)

  it('events stream to who listens, and the server ends all the same', async () => {
    const server = await serveFolder(join(files.folder, 'stream'))
    const api = `${server.url}/api/v1`
    const stream = await fetch(`${api}/events?patterns=nomaly.dataset.*`, { headers: { accept: 'text/event-stream' } })
    await upload(api)
    let text = ''
    for await (const part of stream.body ?? []) {
      text += Buffer.from(part).toString('utf8')
      if (text.includes('nomaly.dataset.uploaded')) break
    }
    expect(text).toMatch(/id: 1\nevent: nomaly\.dataset\.uploaded\n/)
    const other = await fetch(`${api}/events`, { headers: { accept: 'text/event-stream' } })
    expect(other.status).toBe(200)
    expect(await server.end('SIGTERM')).toBe(143)
  })
})
