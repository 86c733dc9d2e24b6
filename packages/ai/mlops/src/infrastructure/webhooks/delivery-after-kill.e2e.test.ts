import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'

import { afterEach, expect, it } from 'vitest'

import { EventDispatcher } from '../../application/events/event-dispatcher.ts'
import { Webhooks } from '../../application/webhooks/webhooks.ts'
import { openMlopsStore } from '../open-mlops-store.ts'
import { createHttpWebhookSender } from './http-webhook-sender.ts'

const LOCAL = { allowHttp: true, allowPrivateAddresses: true }
const cleanUp: Array<() => unknown> = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

/** A process that registers models for ever, names each one once it is acknowledged, and delivers if it is told to. */
const PROGRAM = `
import { EventDispatcher } from ${JSON.stringify(new URL('../../application/events/event-dispatcher.ts', import.meta.url))}
import { Webhooks } from ${JSON.stringify(new URL('../../application/webhooks/webhooks.ts', import.meta.url))}
import { openMlopsStore } from ${JSON.stringify(new URL('../open-mlops-store.ts', import.meta.url))}
import { createHttpWebhookSender } from ${JSON.stringify(new URL('http-webhook-sender.ts', import.meta.url))}
const [path, delivers] = process.argv.slice(1)
const LOCAL = ${JSON.stringify(LOCAL)}
const store = openMlopsStore({ path, webhooks: LOCAL })
const webhooks = new Webhooks({ store: store.webhooks, sender: createHttpWebhookSender(LOCAL), now: Date.now, newId: () => 'x' })
const dispatcher = new EventDispatcher({ ...store, channels: [webhooks.channel], now: Date.now, random: Math.random, onError: console.error, timeoutMs: 500 })
if (delivers === 'delivers') await dispatcher.start()
for (;;) {
  const name = 'model-' + process.pid + '-' + performance.now()
  await store.registeredModels.create({ name })
  console.log(name)
  await new Promise((resolve) => setTimeout(resolve, 2))
}
`

async function receiver() {
  const delivered: string[] = []
  const ids: string[] = []
  const seen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await json(request)) as { readonly data: { readonly name: string } } // our own sender's
    delivered.push(body.data.name)
    ids.push(String(request.headers['x-mlflow-delivery-id']))
    // Slow enough that a kill often comes between the call and its answer.
    setTimeout(() => response.end(), 10)
  }
  const server = createServer((request, response) => void seen(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)))
  return { delivered, ids, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } // a TCP server
}

/** Runs the program until it has registered some models, then kills it with SIGKILL. Answers what it acknowledged. */
async function runAndKill(path: string, mode: 'delivers' | 'registers', after: number): Promise<ReadonlyArray<string>> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', PROGRAM, path, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === after) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return acknowledged
}

it('delivers after a restart what was committed before kill -9, whether or not it was under way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-kill-'))
  cleanUp.push(() => rm(folder, { recursive: true }))
  const path = join(folder, 'store.db')
  const { delivered, ids, url } = await receiver()
  const store = openMlopsStore({ path, webhooks: LOCAL })
  cleanUp.push(() => store.close())
  await store.webhooks.create({ name: 'ci', url, events: [{ entity: 'REGISTERED_MODEL', action: 'CREATED' }] })

  const acknowledged = [...(await runAndKill(path, 'registers', 5))]
  expect(delivered).toEqual([])
  for (const after of [3, 8, 20]) acknowledged.push(...(await runAndKill(path, 'delivers', after)))

  const now = Date.now
  const faults: unknown[] = []
  const fail = (error: unknown): void => void faults.push(error)
  const webhooks = new Webhooks({
    store: store.webhooks,
    sender: createHttpWebhookSender(LOCAL),
    now,
    newId: () => 'x',
  })
  const deps = {
    ...store,
    channels: [webhooks.channel],
    now,
    random: Math.random,
    onError: fail,
    timeoutMs: 500,
    pollMs: 50,
  }
  const dispatcher = new EventDispatcher(deps)
  await dispatcher.start()
  await expect.poll(() => acknowledged.filter((name) => !delivered.includes(name)), { timeout: 20_000 }).toEqual([])
  // Every delivery is settled in the end, and repeats carry the id of the first try.
  await expect.poll(() => dispatcher.drain(), { timeout: 20_000 }).toBe(0)
  await dispatcher.stop()
  expect(new Set(ids).size).toBe(new Set(delivered).size)
  expect(await store.archive.deadLetters()).toEqual([])
  expect(faults).toEqual([])
})
