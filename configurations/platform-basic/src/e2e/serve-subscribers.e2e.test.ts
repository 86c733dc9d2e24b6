import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type Receiver, startReceiver } from './receiver.ts'
import { endAll, type Served, serveFolder } from './serving.ts'
import { sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

const SOON = { timeout: 20_000 } // on a busy machine

let files: Scratch
const receivers: Receiver[] = []
beforeAll(() => {
  files = scratch()
})
afterEach(async () => {
  endAll()
  for (const receiver of receivers.splice(0)) await receiver.close()
})
afterAll(() => files.remove())

async function receiverOf(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...answer)
  receivers.push(receiver)
  return receiver
}

const serve = (folder: string, env: Readonly<Record<string, string>> = {}): Promise<Served> =>
  serveFolder(join(files.folder, folder), env, ['--local-webhooks'])
const send = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const read = async (answer: Response | Promise<Response>): Promise<unknown> => (await answer).json()
async function upload(api: string): Promise<string> {
  const answer = await send(`${api}/datasets?name=sample.csv`, sampleCsv(), { 'content-type': 'text/csv' })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { readonly id: string }).id // as described
}
async function hook(api: string, url: string, patterns: ReadonlyArray<string>) {
  const answer = await send(`${api}/webhooks`, { url, patterns })
  expect([answer.status, await answer.clone().json()]).toMatchObject([201, { url, status: 'active' }])
  return (await answer.json()) as { readonly id: string; readonly secret: string } // as described
}
const detect = (api: string, dataset: string): Promise<Response> =>
  send(`${api}/detect`, { dataset, columns: ['a', 'b'], contamination: 0.02 })
const totals = async (api: string): Promise<unknown> =>
  ((await read(fetch(`${api}/analytics`))) as { readonly totals: unknown }).totals // as described

describe('subscribers of nomaly serve', { timeout: 90_000 }, () => {
  it('tell a webhook of anomalies, again where it fails, signed, and log them', async () => {
    const receiver = await receiverOf((_, index) => (index === 0 ? 503 : 204))
    const server = await serve('webhook', { NOMALY_SECRET_KEY: 'sixteen characters' })
    const api = `${server.url}/api/v1`
    if (process.platform !== 'win32')
      expect(statSync(join(files.folder, 'webhook', 'operations.db')).mode & 0o077).toBe(0)
    const { id, secret } = await hook(api, receiver.url, ['nomaly.anomaly.*', 'nomaly.registered-model.*'])
    expect(secret).toMatch(/^whsec_/)
    await detect(api, await upload(api))
    await expect.poll(() => receiver.calls.length, SOON).toBe(2)
    const [first, second] = receiver.calls
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    for (const { body, headers } of receiver.calls) {
      const told = new Verifier(secret).verify(body, headers as Record<string, string>) // they hold no lists
      expect(told).toMatchObject({ type: 'nomaly.anomaly.detected', data: { total: 2, anomalies: expect.any(Array) } })
    }
    await send(`${server.url}/api/2.0/mlflow/registered-models/create`, { name: 'fraud' })
    await expect.poll(() => receiver.calls.at(-1)?.body, SOON).toContain('nomaly.registered-model.created')
    const trial = await read(send(`${api}/webhooks/${id}/test`, ''))
    expect(trial).toMatchObject({ isDelivered: true, status: 204, attempt: 0 })
    expect(await read(fetch(`${api}/webhooks/${id}/deliveries`))).toMatchObject({
      items: [
        { attempt: 0, type: 'nomaly.webhook.tested' },
        { attempt: 1, type: 'nomaly.registered-model.created' },
        { attempt: 2, status: 204 },
        { attempt: 1, status: 503 },
      ],
      next: null,
    })
    expect(server.told()).toMatch(/"level":"warn","event":"nomaly.anomaly.detected".*"total":2.*"highest":\{"index":/)
    expect(await (await fetch(`${api}/webhooks`)).text()).not.toContain('secret')
    await server.end('SIGTERM')
    const stored = readdirSync(join(files.folder, 'webhook')).filter((name) => name.startsWith('operations.db'))
    for (const name of stored) {
      const bytes = readFileSync(join(files.folder, 'webhook', name))
      expect([name, bytes.includes(secret.slice('whsec_'.length))]).toEqual([name, false])
    }
  })

  it('call nobody on this machine unless they are told to, and forget what is removed', async () => {
    const server = await serveFolder(join(files.folder, 'guarded'), {}, ['--no-log'])
    const api = `${server.url}/api/v1`
    for (const url of [
      'http://127.0.0.1:1/',
      'https://localhost/',
      'https://[::1]/',
      'https://169.254.169.254/latest',
    ]) {
      const refused = await send(`${api}/webhooks`, { url, patterns: ['nomaly.*.*'] })
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { detail: expect.stringContaining('--local-webhooks') },
      ])
    }
    const { id } = await hook(api, 'https://receiver.invalid/hook', ['nomaly.*.*'])
    expect(await read(send(`${api}/webhooks/${id}/test`, ''))).toMatchObject({
      isDelivered: false,
      error: expect.any(String),
    })
    expect((await fetch(`${api}/webhooks/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(`${api}/webhooks/${id}`, { method: 'DELETE' })).status).toBe(404)
    await detect(api, await upload(api))
    expect(server.told()).not.toContain('"event":"nomaly.anomaly.detected"')
    expect(await read(fetch(`${api}/events/dead-letters`))).toEqual({ items: [] })
  })

  it('deliver after a kill what was published before it, and count nothing twice', async () => {
    let isAnswering = false
    const receiver = await receiverOf(() => (isAnswering ? 204 : undefined))
    const server = await serve('killed')
    const api = `${server.url}/api/v1`
    await hook(api, receiver.url, ['nomaly.*.*'])
    await detect(api, await upload(api))
    await expect.poll(() => receiver.calls.length, SOON).toBe(1) // the delivery is under way
    await expect.poll(() => totals(api), SOON).toMatchObject({ uploads: 1, detections: 1, rows: 60, anomalies: 2 })
    await server.end('SIGKILL')
    isAnswering = true

    // As after a kill between an event and its delivery to the counters: it is delivered once more.
    const database = new DatabaseSync(join(files.folder, 'killed', 'operations.db'))
    database.exec(`UPDATE delivery SET due_at = 0`) // not waiting for the lease of the process that is gone
    database.exec(
      `INSERT INTO delivery (id, event, subscription, state, attempts, due_at)
       SELECT seq || '/analytics', seq, 'analytics', 'waiting', 1, 0 FROM event WHERE type = 'nomaly.detection.completed'`,
    )
    database.close()
    const again = await serve('killed')
    const types = (): ReadonlyArray<string> => {
      const told = receiver.calls.map(({ body }) => (JSON.parse(body) as { readonly type: string }).type) // as sent
      return [...new Set(told)].toSorted()
    }
    await expect
      .poll(types, SOON)
      .toEqual([
        'nomaly.anomaly.detected',
        'nomaly.dataset.uploaded',
        'nomaly.detection.completed',
        'nomaly.detection.requested',
      ])
    await expect
      .poll(async () => (await fetch(`${again.url}/metrics`)).text(), SOON)
      .toMatch(/^nomaly_activity_total\{what="detections"\} 1$/m)
    const left = new DatabaseSync(join(files.folder, 'killed', 'operations.db'), { readOnly: true })
    await expect.poll(() => left.prepare('SELECT count(*) AS n FROM delivery').get()?.['n'], SOON).toBe(0)
    left.close()
    expect(await totals(`${again.url}/api/v1`)).toMatchObject({ uploads: 1, detections: 1, rows: 60, anomalies: 2 })
    const day = new Date().toISOString().slice(0, 10)
    expect(await read(fetch(`${again.url}/api/v1/analytics?from=${day}`))).toMatchObject({
      days: [{ day: expect.any(String), counts: { detections: 1, falseAlarms: 0, jobsFailed: 0 } }],
    })
  })

  it('tell of a data set whose event was lost, once', async () => {
    const server = await serve('lost')
    const id = await upload(`${server.url}/api/v1`)
    await server.end('SIGKILL')
    const path = join(files.folder, 'lost', 'operations.db')
    const database = new DatabaseSync(path)
    database.exec('DELETE FROM delivery; DELETE FROM event; DELETE FROM counter')
    database.close()
    for (const start of [1, 2]) {
      const again = await serve('lost')
      const api = `${again.url}/api/v1`
      const events = await read(fetch(`${api}/events?patterns=nomaly.dataset.uploaded`))
      expect([start, events]).toMatchObject([start, { items: [{ event: { subject: id } }] }])
      await expect.poll(() => totals(api), SOON).toMatchObject({ uploads: 1 })
      await again.end('SIGTERM')
    }
  })

  it('keep who changed what, in a chain that shows changes, without secrets and bodies', async () => {
    const env = { NOMALY_API_KEY: 'the-key-of-all' }
    const key = { 'x-api-key': 'the-key-of-all', 'content-type': 'application/json' }
    const server = await serve('audited', env)
    const api = `${server.url}/api/v1`
    const asked = await send(`${api}/datasets?name=sample.csv`, sampleCsv(), { ...key, 'x-request-id': 'ours-7' })
    const { id } = (await asked.json()) as { readonly id: string } // as described
    await send(`${api}/detect`, { dataset: id, columns: ['a', 'b'] }, key)
    await send(`${api}/streams`, { name: 'latency' }, key)
    await send(`${api}/streams/latency/samples`, '{"ms": 1}\n', { ...key, 'content-type': 'application/x-ndjson' })
    await fetch(`${api}/datasets/${id}`, { method: 'DELETE', headers: { 'x-api-key': 'wrong' } })
    await fetch(`${api}/datasets/${id}`, { method: 'DELETE', headers: key })
    await send(`${server.url}/api/2.0/mlflow/experiments/create`, { name: 'body-of-it' }, key)
    await send(`${server.url}/api/2.0/mlflow/runs/search`, {}, key)
    const log = async (query = '', at = server): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => {
      const page = await read(fetch(`${at.url}/api/v1/audit${query}`, { headers: key }))
      return (page as { readonly items: ReadonlyArray<Readonly<Record<string, unknown>>> }).items // as described
    }
    const actor = expect.stringMatching(/^key:[0-9a-f]{8}$/)
    expect(await log()).toMatchObject([
      { action: 'mlflow.experiments.create.post', status: 200, actor },
      { action: 'datasets.delete', subject: `datasets/${id}`, status: 204, method: 'DELETE', actor },
      { action: 'streams.post', subject: 'streams/latency', status: 201, actor },
      { action: 'datasets.post', subject: `datasets/${id}`, status: 201, request: 'ours-7', path: '/api/v1/datasets' },
    ])
    expect(await log('?action=*.delete&limit=10')).toHaveLength(1)
    expect(JSON.stringify(await log())).not.toMatch(/the-key|body-of-it|sample\.csv/)
    expect(await read(fetch(`${api}/audit/verify`, { headers: key }))).toMatchObject({ isIntact: true, entries: 4 })
    await server.end('SIGKILL')

    const database = new DatabaseSync(join(files.folder, 'audited', 'operations.db'))
    database.exec(`DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'local' WHERE seq = 2`)
    database.close()
    const again = await serve('audited', env)
    expect(await log('', again)).toHaveLength(4)
    expect(await read(fetch(`${again.url}/api/v1/audit/verify`, { headers: key }))).toMatchObject({
      isIntact: false,
      broken: { sequence: 2 },
    })
  })

  it('forget what is old, and nothing that waits', async () => {
    const server = await serve('old')
    const api = `${server.url}/api/v1`
    await hook(api, 'http://127.0.0.1:9/hook', ['nomaly.anomaly.*'])
    const dataset = await upload(api)
    await detect(api, dataset)
    const job = (await read(send(`${api}/jobs`, { kind: 'profile', input: { dataset } }))) as { readonly id: string } // as described
    await expect.poll(() => read(fetch(`${api}/jobs/${job.id}`)), SOON).toMatchObject({ state: 'completed' })
    await expect.poll(() => totals(api), SOON).toMatchObject({ detections: 1, profiles: 1 })
    await server.end('SIGTERM')
    const database = new DatabaseSync(join(files.folder, 'old', 'operations.db'))
    database.exec(`UPDATE event SET kept_at = 0; UPDATE job SET finished_at = 1; UPDATE webhook_attempt SET at = 0`)
    database.close()
    const config = files.write('nomaly.config.json', JSON.stringify({ retention: { jobs: 0 } }))
    const kept = await serveFolder(join(files.folder, 'old'), {}, ['--config', config])
    expect((await fetch(`${kept.url}/api/v1/jobs/${job.id}`)).status).toBe(200)
    await kept.end('SIGTERM')
    const again = await serve('old')
    const types = async (): Promise<unknown> => {
      const { items } = (await read(fetch(`${again.url}/api/v1/events`))) as {
        readonly items: ReadonlyArray<{ readonly event: { readonly type: string } }>
      } // as described
      return items.map(({ event }) => event.type)
    }
    await expect.poll(types, SOON).toEqual(['nomaly.dataset.uploaded', 'nomaly.anomaly.detected'])
    expect((await fetch(`${again.url}/api/v1/jobs/${job.id}`)).status).toBe(404)
    expect(await totals(`${again.url}/api/v1`)).toMatchObject({ detections: 1, jobsCompleted: 1 })
  })
})
