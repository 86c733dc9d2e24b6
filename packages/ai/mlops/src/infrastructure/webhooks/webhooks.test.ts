import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { afterEach, expect, it } from 'vitest'

import { EventDispatcher } from '../../application/events/event-dispatcher.ts'
import { Webhooks } from '../../application/webhooks/webhooks.ts'
import type { NewWebhook } from '../../domain/webhooks/webhook.ts'
import { type MlopsStoreOptions, openMlopsStore } from '../open-mlops-store.ts'
import { createHttpWebhookSender } from './http-webhook-sender.ts'

const fail = (error: unknown): never => {
  throw error // an unhandled rejection: the run fails
}
const cleanUp: Array<() => unknown> = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

interface Call {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver on loopback. @param answer - status and headers per call */
async function receiver(answer: (call: number) => readonly [number, Record<string, string>?]) {
  const calls: Call[] = []
  const seen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls.push({ headers: request.headers, body: await text(request) })
    response.writeHead(...answer(calls.length)).end('seen')
  }
  const server = createServer((request, response) => void seen(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)))
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` } // a TCP server
}

const LOCAL = { allowHttp: true, allowPrivateAddresses: true }

function open(options: Partial<MlopsStoreOptions> = {}) {
  const clock = { at: 1_700_000_000_000 }
  const store = openMlopsStore({ path: ':memory:', webhooks: LOCAL, now: () => clock.at, ...options })
  cleanUp.push(() => store.close())
  const now = () => clock.at
  const webhooks = new Webhooks({
    store: store.webhooks,
    sender: createHttpWebhookSender(LOCAL),
    now,
    newId: () => 'trial',
  })
  const dispatcher = new EventDispatcher({
    ...store,
    channels: [webhooks.channel],
    now,
    random: () => 0,
    onError: fail,
  })
  return { clock, store, webhooks, dispatcher }
}

const SECRET = 'a secret of the receiver'
const hook = (url: string, more: Partial<NewWebhook> = {}): NewWebhook => ({
  name: 'ci',
  url,
  events: [{ entity: 'MODEL_VERSION', action: 'CREATED' }],
  ...more,
})

it("signs and tells in MLflow's format", async () => {
  const { calls, url } = await receiver(() => [200])
  const { store, dispatcher } = open()
  await store.webhooks.create(hook(url, { secret: SECRET }))
  await store.registeredModels.create({ name: 'fraud' })
  await store.modelVersions.create({ name: 'fraud', source: 's3://b/m', tags: { a: 'b' }, description: 'new' })
  expect(await dispatcher.drain()).toBe(1)
  const [call] = calls
  expect(JSON.parse(String(call?.body))).toEqual({
    entity: 'model_version',
    action: 'created',
    timestamp: '2023-11-14T22:13:20.000Z',
    data: { name: 'fraud', version: '1', source: 's3://b/m', run_id: null, tags: { a: 'b' }, description: 'new' },
  })
  const id = String(call?.headers['x-mlflow-delivery-id'])
  expect(call?.headers).toMatchObject({ 'content-type': 'application/json', 'x-mlflow-timestamp': '1700000000' })
  const signature = createHmac('sha256', SECRET).update(`${id}.1700000000.${call?.body}`).digest('base64')
  expect(call?.headers['x-mlflow-signature']).toBe(`v1,${signature}`)
})

it('tells prompts as such, without the tags that make them prompts', async () => {
  const { calls, url } = await receiver(() => [200])
  const { store, dispatcher } = open()
  const entities = ['PROMPT', 'PROMPT_VERSION', 'PROMPT_ALIAS'] as const
  await store.webhooks.create(hook(url, { events: entities.map((entity) => ({ entity, action: 'CREATED' })) }))
  const prompt = { 'mlflow.prompt.is_prompt': 'true' }
  await store.registeredModels.create({ name: 'hello', tags: { ...prompt, a: 'b' } })
  const tags = { ...prompt, 'mlflow.prompt.text': 'Hello {{name}}', _mlflow_prompt_type: 'text' }
  await store.modelVersions.create({ name: 'hello', source: 's3://b/m', tags })
  await store.registeredModels.change('hello', { kind: 'set-alias', alias: 'live', version: '1' })
  await dispatcher.drain()
  expect(calls.map(({ body }) => JSON.parse(body)).map(({ entity, data }) => [entity, data])).toEqual([
    ['prompt', { name: 'hello', tags: { a: 'b' }, description: '' }],
    ['prompt_version', { name: 'hello', version: '1', template: 'Hello {{name}}', tags: {}, description: null }],
    ['prompt_alias', { name: 'hello', alias: 'live', version: '1' }],
  ])
})

it('tells patterns as CloudEvents, unsigned where there is no secret', async () => {
  const { calls, url } = await receiver(() => [204])
  const { store, dispatcher } = open()
  await store.webhooks.create({ name: 'ci', url, patterns: ['nomaly.registered-model.*'] })
  await store.registeredModels.create({ name: 'fraud' })
  await dispatcher.drain()
  expect(calls[0]?.headers).toMatchObject({ 'content-type': 'application/cloudevents+json' })
  expect(calls[0]?.headers).not.toHaveProperty('x-mlflow-signature')
  expect(JSON.parse(String(calls[0]?.body))).toMatchObject({
    type: 'nomaly.registered-model.created',
    subject: 'fraud',
  })
})

it('tries again with the same delivery id, waits as it is told to, and gives up on 410', async () => {
  const answers: ReadonlyArray<readonly [number, Record<string, string>?]> = [
    [500],
    [503, { 'Retry-After': '60' }],
    [410],
  ]
  const { calls, url } = await receiver((call) => answers[call - 1] ?? [200])
  const { store, dispatcher, clock } = open()
  await store.webhooks.create(hook(url))
  await store.registeredModels.create({ name: 'fraud' })
  await store.modelVersions.create({ name: 'fraud', source: 's3://b/m' })
  expect(await dispatcher.drain()).toBe(1)
  clock.at += 1000
  expect(await dispatcher.drain()).toBe(1)
  clock.at += 59_999
  expect(await dispatcher.drain()).toBe(0)
  clock.at += 1
  expect(await dispatcher.drain()).toBe(1)
  expect(await store.archive.deadLetters()).toMatchObject([{ attempts: 3, error: 'webhook ci answered 410' }])
  expect(new Set(calls.map(({ headers }) => headers['x-mlflow-delivery-id'])).size).toBe(1)
  await store.archive.replay()
  await dispatcher.drain()
  expect(await store.archive.deadLetters()).toEqual([])
})

it('is not told what happens while it is disabled or after it is deleted', async () => {
  const { calls, url } = await receiver(() => [200])
  const { store, dispatcher } = open()
  const { id } = await store.webhooks.create(hook(url))
  await store.registeredModels.create({ name: 'fraud' })
  await store.webhooks.change(id, { kind: 'update', status: 'DISABLED' })
  await store.modelVersions.create({ name: 'fraud', source: 's3://b/1' })
  await store.webhooks.change(id, { kind: 'update', status: 'ACTIVE' })
  await store.modelVersions.create({ name: 'fraud', source: 's3://b/2' })
  await dispatcher.drain()
  await store.modelVersions.create({ name: 'fraud', source: 's3://b/3' })
  await store.webhooks.change(id, { kind: 'delete' })
  await dispatcher.drain()
  expect(calls.map(({ body }) => JSON.parse(body).data.source)).toEqual(['s3://b/2'])
  expect([await store.webhooks.find(id), await store.webhooks.list()]).toEqual([undefined, []])
})

it('tries a webhook with made-up data', async () => {
  const { calls, url } = await receiver((call) => (call === 1 ? [200] : [404]))
  const { store, webhooks } = open()
  const { id } = await store.webhooks.create(hook(url, { status: 'DISABLED' }))
  expect(await webhooks.test(id)).toEqual({ success: true, status: 200, body: 'seen' })
  expect(await webhooks.test(id, { entity: 'PROMPT_VERSION', action: 'CREATED' })).toMatchObject({
    success: false,
    status: 404,
  })
  expect(JSON.parse(String(calls[0]?.body))).toMatchObject({ entity: 'model_version', data: { name: 'example_model' } })
  expect(JSON.parse(String(calls[1]?.body))).toMatchObject({ data: { template: 'Hello {{name}}' } })
  await expect(webhooks.test('none')).rejects.toMatchObject({ code: 'mlops/not-found' })
})

it('calls neither plain http nor private addresses unless it may', async () => {
  const { url, calls } = await receiver(() => [200])
  const { store } = open({ webhooks: {} })
  const refused = { code: 'mlops/invalid-argument' }
  for (const bad of [
    url,
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://169.254.169.254/latest',
  ])
    await expect(store.webhooks.create(hook(bad))).rejects.toMatchObject(refused)
  const { id } = await store.webhooks.create(hook('https://example.com/'))
  await expect(store.webhooks.change(id, { kind: 'update', url })).rejects.toMatchObject(refused)
  // A name that leads to a private address once it is called.
  const sender = createHttpWebhookSender({ allowHttp: true }, (_, __, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]),
  )
  const call = sender.send(
    { url: url.replace('127.0.0.1', 'example.com'), headers: {}, body: '' },
    AbortSignal.timeout(5000),
  )
  await expect(call).rejects.toMatchObject({ details: { retryable: false } })
  expect(calls).toEqual([])
})

it('never shows secrets, and keeps them encrypted under a key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-webhooks-'))
  cleanUp.push(() => rm(folder, { recursive: true }))
  const path = join(folder, 'store.db')
  const webhooks = { ...LOCAL, secretKey: 'a key of sixteen characters' }
  const first = openMlopsStore({ path, webhooks })
  const { id } = await first.webhooks.create(hook('https://example.com/', { secret: SECRET }))
  expect(JSON.stringify([await first.webhooks.find(id), await first.webhooks.list()])).not.toContain(SECRET)
  expect(await first.webhooks.find(id)).toMatchObject({ hasSecret: true })
  expect(await first.webhooks.secretOf(id)).toBe(SECRET)
  await first.close()
  expect((await readFile(path)).includes(SECRET)).toBe(false)
  const second = openMlopsStore({ path, webhooks: { ...webhooks, secretKey: 'another key of that length' } })
  cleanUp.push(() => second.close())
  await expect(second.webhooks.secretOf(id)).rejects.toMatchObject({ code: 'mlops/invalid-state' })
  await second.webhooks.change(id, { kind: 'update', secret: '' })
  expect(await second.webhooks.find(id)).toMatchObject({ hasSecret: false, name: 'ci' })
})
