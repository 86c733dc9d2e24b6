import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { DeadLetters } from '../../application/ports/dead-letters.ts'
import type { EventLog } from '../../application/ports/event-log.ts'
import type { EventOutbox } from '../../application/ports/event-outbox.ts'
import { describedApp, json, refused } from './described.ts'
import { eventStream } from './event-stream.ts'

/** What the routes of events need. */
export interface EventRoutesDeps {
  readonly events: EventLog
  readonly outbox: Pick<EventOutbox, 'onAppended'>
  readonly deadLetters: DeadLetters
  /** Ends the streams, so that the server can end. */
  readonly closing?: AbortSignal | undefined
  /** Milliseconds of silence before a comment keeps a stream alive; default 15,000. */
  readonly heartbeatMs?: number | undefined
}

// Beside the routes, as their types are inferred from each other.
const eventSchema = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    subject: z.string().optional(),
    time: z.string().optional(),
    datacontenttype: z.string().optional(),
    data: z.unknown().optional(),
  })
  .openapi('CloudEvent')
const listSchema = z
  .object({
    items: z.array(z.object({ sequence: z.int(), event: eventSchema })),
    next: z.int().openapi({ description: '`after` of what comes next, also later.' }),
  })
  .openapi('EventList')
const lettersSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        subscription: z.string(),
        event: eventSchema,
        attempts: z.int(),
        error: z.string(),
      }),
    ),
  })
  .openapi('DeadLetterList')
const malformed = { 400: refused('The request is malformed.') }
const query = z.object({
  after: z.coerce.number().int().min(-10_000).max(Number.MAX_SAFE_INTEGER).optional().openapi({
    description:
      'Only events after this sequence; below 0 so many before the end: `-100` are the newest hundred. Default: a list begins with the first, a stream with the next.',
  }),
  patterns: z
    .string()
    .max(1000)
    .optional()
    .openapi({ description: 'Such as `nomaly.detection.*`, separated by commas; default all.' }),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
})
const ids = z.array(z.string().min(1).max(200)).min(1).max(1000)
const tags = ['Events']
const body = <S>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })
const count = z.object({ count: z.int() })

const listRoute = createRoute({
  method: 'get',
  path: '/events',
  tags,
  operationId: 'listEvents',
  summary: 'What has happened; as a stream of server-sent events where text/event-stream is accepted',
  request: {
    query,
    headers: z.object({
      'last-event-id': z.string().max(20).optional().openapi({ description: 'A stream goes on after it.' }),
    }),
  },
  responses: {
    200: {
      description: 'Events in order. In a stream each has its sequence as `id`.',
      content: { 'application/json': { schema: listSchema }, 'text/event-stream': { schema: z.string() } },
    },
    ...malformed,
  },
})
const lettersRoute = createRoute({
  method: 'get',
  path: '/events/dead-letters',
  tags,
  operationId: 'listDeadLetters',
  summary: 'Deliveries that were given up, the oldest first, at most 1,000',
  request: { query: z.object({ subscription: z.string().max(200).optional() }) },
  responses: { 200: json(lettersSchema, 'The dead letters.'), ...malformed },
})
const replayRoute = createRoute({
  method: 'post',
  path: '/events/dead-letters/replay',
  tags,
  operationId: 'replayDeadLetters',
  summary: 'Deliver dead letters again; all of them where no ids are given',
  request: { body: body(z.strictObject({ ids: ids.optional() })) },
  responses: { 200: json(count, 'How many are due again.'), ...malformed },
})
const discardRoute = createRoute({
  method: 'post',
  path: '/events/dead-letters/discard',
  tags,
  operationId: 'discardDeadLetters',
  summary: 'Give dead letters up for good',
  request: { body: body(z.strictObject({ ids })) },
  responses: { 200: json(count, 'How many are gone.'), ...malformed },
})

/** REST routes over what has happened, and what could not be delivered, with their OpenAPI description; to be mounted under a base path. */
export function createEventRoutes(deps: EventRoutesDeps): OpenAPIHono {
  const { events, deadLetters, closing, heartbeatMs = 15_000 } = deps
  const app = describedApp('/events/*')
  app.openapi(listRoute, async (c) => {
    const { after: asked, patterns: text, limit } = c.req.valid('query')
    const after = asked !== undefined && asked < 0 ? Math.max(0, (await events.last()) + asked) : asked
    const patterns = text?.split(',').map((pattern) => pattern.trim())
    if (c.req.header('accept')?.includes('text/event-stream') !== true) {
      const items = await events.read({ after, patterns, limit })
      const next = items.at(-1)?.sequence ?? after ?? 0
      return c.json({ items: items.map(({ sequence, event }) => ({ sequence, event: { ...event } })), next }, 200)
    }
    const from = sequenceOf(c.req.valid('header')['last-event-id']) ?? after ?? (await events.last())
    await events.read({ after: from, patterns, limit: 1 }) // a bad pattern is refused before the stream begins
    const signal = closing === undefined ? c.req.raw.signal : AbortSignal.any([closing, c.req.raw.signal])
    const stream = eventStream(deps, { after: from, patterns, signal, heartbeatMs })
    return c.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }) as never // no JSON
  })
  app.openapi(lettersRoute, async (c) => {
    const items = await deadLetters.list(c.req.valid('query').subscription)
    return c.json({ items: items.map(({ event, ...letter }) => ({ ...letter, event: { ...event } })) }, 200)
  })
  app.openapi(replayRoute, async (c) => c.json({ count: await deadLetters.replay(c.req.valid('json').ids) }, 200))
  app.openapi(discardRoute, async (c) => c.json({ count: await deadLetters.discard(c.req.valid('json').ids) }, 200))
  return app
}

function sequenceOf(id: string | undefined): number | undefined {
  const sequence = id === undefined || id.trim() === '' ? Number.NaN : Number(id)
  return Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : undefined
}
