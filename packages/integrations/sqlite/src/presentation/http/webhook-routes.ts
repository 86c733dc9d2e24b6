import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { WebhookStore } from '../../application/ports/webhook-store.ts'
import { type Webhooks, webhookNotFound } from '../../application/webhooks/webhooks.ts'
import type { Webhook } from '../../domain/webhooks/webhook.ts'
import { describedApp, json, refused } from './described.ts'

/** What the routes of webhooks need. */
export interface WebhookRoutesDeps {
  readonly webhooks: Pick<WebhookStore, 'list' | 'attempts' | 'find'>
  readonly calls: Pick<Webhooks, 'create' | 'remove' | 'enable' | 'test'>
}

// Beside the routes, as their types are inferred from each other.
const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    patterns: z.array(z.string()),
    description: z.string(),
    status: z.enum(['active', 'disabled']),
    reason: z.string().optional().openapi({ description: 'Why it is disabled.' }),
    failingSince: z.number().optional().openapi({ description: 'Since when every call has failed.' }),
    createdAt: z.number().openapi({ description: 'Times are epoch milliseconds.' }),
  })
  .openapi('Webhook')
const attemptSchema = z
  .object({
    message: z.string().openapi({ description: 'What receivers see as `webhook-id`.' }),
    type: z.string(),
    attempt: z.int().openapi({ description: 'From 1 on; 0 is a trial.' }),
    at: z.number(),
    durationMs: z.number(),
    isDelivered: z.boolean(),
    status: z.int().optional().openapi({ description: 'What the receiver answered.' }),
    error: z.string().optional(),
  })
  .openapi('WebhookAttempt')
const draftSchema = z
  .strictObject({
    url: z.string().min(1).max(2048).openapi({ example: 'https://alerts.example.com/nomaly' }),
    patterns: z
      .array(z.string().max(200))
      .min(1)
      .max(50)
      .openapi({ example: ['nomaly.anomaly.detected'] }),
    description: z.string().max(1000).optional(),
  })
  .openapi('WebhookRequest')
const params = z.object({ id: z.string().min(1).max(100) })
const tags = ['Webhooks']
const missing = { 404: refused('There is none of this id.') }

const addRoute = createRoute({
  method: 'post',
  path: '/webhooks',
  tags,
  operationId: 'addWebhook',
  summary: 'Have an address called when something happens',
  description:
    'Calls are CloudEvents, signed by the Standard Webhooks specification with the secret that is told here only.',
  request: { body: { required: true, content: { 'application/json': { schema: draftSchema } } } },
  responses: {
    201: json(webhookSchema.extend({ secret: z.string() }).openapi('NewWebhook'), 'It is called from now on.'),
    400: refused('The request is malformed, or the address may not be called.'),
    409: refused('There are as many as may be.'),
    413: refused('The body is too large.'),
  },
})
const listRoute = createRoute({
  method: 'get',
  path: '/webhooks',
  tags,
  operationId: 'listWebhooks',
  summary: 'The webhooks, the oldest first',
  responses: { 200: json(z.object({ items: z.array(webhookSchema) }).openapi('WebhookList'), 'All of them.') },
})
const removeRoute = createRoute({
  method: 'delete',
  path: '/webhooks/{id}',
  tags,
  operationId: 'removeWebhook',
  summary: 'Forget a webhook with all that waits for it',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, ...missing },
})
const enableRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/enable',
  tags,
  operationId: 'enableWebhook',
  summary: 'Call a disabled webhook again; what it missed is among the dead letters',
  request: { params },
  responses: { 200: json(webhookSchema, 'The webhook.'), ...missing },
})
const testRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/test',
  tags,
  operationId: 'testWebhook',
  summary: 'Call a webhook now, with an event that says nothing else',
  request: { params },
  responses: { 200: json(attemptSchema, 'How it went.'), ...missing },
})
const attemptsRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}/deliveries',
  tags,
  operationId: 'listWebhookDeliveries',
  summary: 'How calls of a webhook went, the newest first',
  request: {
    params,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor: z.string().max(20).optional().openapi({ description: '`next` of the page before.' }),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(attemptSchema), next: z.string().nullable() }).openapi('WebhookDeliveryList'),
      'A page of them.',
    ),
    400: refused('The request is malformed.'),
    ...missing,
  },
})

/** REST routes over webhooks and how their calls went, with their OpenAPI description; to be mounted under a base path. */
export function createWebhookRoutes({ webhooks, calls }: WebhookRoutesDeps): OpenAPIHono {
  const app = describedApp('/webhooks')
  app.openapi(addRoute, async (c) => {
    const { webhook, secret } = await calls.create(c.req.valid('json'))
    return c.json({ ...plain(webhook), secret }, 201, { Location: `${c.req.path}/${webhook.id}` })
  })
  app.openapi(listRoute, async (c) => c.json({ items: (await webhooks.list()).map(plain) }, 200))
  app.openapi(removeRoute, async (c) => {
    await calls.remove(c.req.valid('param').id)
    return c.body(null, 204)
  })
  app.openapi(enableRoute, async (c) => c.json(plain(await calls.enable(c.req.valid('param').id)), 200))
  app.openapi(testRoute, async (c) => c.json(await calls.test(c.req.valid('param').id), 200))
  app.openapi(attemptsRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const { id } = c.req.valid('param')
    if ((await webhooks.find(id)) === undefined) throw webhookNotFound(id)
    const { items, next } = await webhooks.attempts(id, limit, cursor)
    return c.json({ items: [...items], next: next ?? null }, 200)
  })
  return app
}

const plain = (webhook: Webhook) => ({ ...webhook, patterns: [...webhook.patterns] })
