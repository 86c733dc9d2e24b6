import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { EventDispatcher, Webhooks } from '@nomaly/ai-mlops'
import { createHttpWebhookSender, openMlopsStore } from '@nomaly/ai-mlops/node'
import { createMlflowRoutes } from '@nomaly/integration-mlflow/http'
import { serveRoutes } from '@nomaly/integration-mlflow/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pythonWithMlflow, runScript } from './python.ts'

const python = pythonWithMlflow('mlflow-3')
const title = python.kind === 'absent' ? ` (left out: ${python.why})` : ''
const LOCAL = { allowHttp: true, allowPrivateAddresses: true }

describe.skipIf(python.kind === 'absent')(`webhooks by the Python client${title}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-webhooks-'))
  const calls: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }> = []
  const undo: Array<() => unknown> = []
  let printed: Readonly<Record<string, unknown>> = {}

  beforeAll(async () => {
    const seen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      calls.push({ headers: request.headers, body: await text(request) })
      response.end('seen')
    }
    const listener = createServer((request, response) => void seen(request, response))
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    undo.push(() => new Promise((resolve) => listener.close(resolve)))
    const store = openMlopsStore({ path: join(folder, 'mlops.db'), webhooks: LOCAL })
    undo.push(() => store.close())
    const clock = { now: Date.now, newId: () => crypto.randomUUID() }
    const webhooks = new Webhooks({ store: store.webhooks, sender: createHttpWebhookSender(LOCAL), ...clock })
    const onError = (error: unknown): void => void calls.push({ headers: {}, body: String(error) })
    const dispatcher = new EventDispatcher({
      ...store,
      channels: [webhooks.channel],
      ...clock,
      random: Math.random,
      onError,
    })
    await dispatcher.start()
    undo.push(() => dispatcher.stop())
    const server = await serveRoutes(createMlflowRoutes({ ...store, webhookTester: webhooks }))
    undo.push(() => server.close())
    const { port } = listener.address() as AddressInfo // a TCP server
    const args = [server.url, `http://127.0.0.1:${port}/hook`]
    const output = await runScript(python.kind === 'ready' ? python.python : '', 'webhooks.py', args, { cwd: folder })
    printed = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')
  }, 300_000)

  afterAll(async () => {
    for (const step of undo.reverse()) await step()
    rmSync(folder, { recursive: true, force: true })
  })

  it('registers, lists, changes, tries and refuses them', () => {
    expect(printed).toMatchObject({
      created: ['ci', expect.any(String), 'tells ci', ['model_version.created', 'model_version_tag.set'], 'ACTIVE'],
      pages: [['ci'], ['other'], ''],
      trial: [true, 200, 'seen'],
      aimed: true,
      updated: ['renamed', ['model_version_alias.created'], 'ACTIVE'],
      read: 'renamed',
      refused: {
        unknown: 'RESOURCE_DOES_NOT_EXIST',
        name: 'INVALID_PARAMETER_VALUE',
        url: 'INVALID_PARAMETER_VALUE',
        delete: 'RESOURCE_DOES_NOT_EXIST',
      },
    })
  })

  it('calls them as MLflow does, signed where there is a secret', async () => {
    // Two trials, then a version, a tag and, by the other webhook, an alias.
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(5)
    const told = calls
      .map(({ body }) => JSON.parse(body))
      .map(({ entity, action, data }) => ({ what: `${entity}.${action}`, data }))
    expect(told.slice(0, 2).map(({ what }) => what)).toEqual(['model_version.created', 'model_version_tag.set'])
    expect(told.slice(2)).toEqual(
      expect.arrayContaining([
        {
          what: 'model_version.created',
          data: {
            name: 'fraud',
            version: '1',
            source: 's3://bucket/fraud',
            run_id: null,
            tags: { a: 'b' },
            description: null,
          },
        },
        { what: 'model_version_tag.set', data: { name: 'fraud', version: '1', key: 'quality', value: 'good' } },
        { what: 'model_version_alias.created', data: { name: 'fraud', alias: 'champion', version: '1' } },
      ]),
    )
    for (const { headers, body } of calls.filter(({ body: sent }) => !sent.includes('champion'))) {
      const signed = [headers['x-mlflow-delivery-id'], headers['x-mlflow-timestamp'], body].join('.')
      const signature = createHmac('sha256', 'a secret of both').update(signed).digest('base64')
      expect(headers['x-mlflow-signature']).toBe(`v1,${signature}`)
    }
  })
})
