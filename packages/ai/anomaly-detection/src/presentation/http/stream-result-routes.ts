import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { problem } from './described.ts'
import { resultStream } from './result-stream.ts'

// Beside the route, as their types are inferred from each other.
const resultSchema = z
  .looseObject({
    id: z.int(),
    index: z.int().openapi({ description: 'Of the sample, in the order of arrival, from 0.' }),
    time: z.string().optional(),
    key: z.string().optional(),
    values: z.array(z.number().nullable()).openapi({ description: 'What was scored, a number a feature.' }),
    score: z.number(),
    probability: z.number().optional(),
    anomaly: z.boolean(),
    alarm: z.enum(['quiet', 'start', 'ongoing', 'end']),
    drift: z.looseObject({}).optional(),
    attribution: z.array(z.object({ feature: z.string(), high: z.number(), low: z.number() })).optional(),
    expected: z.array(z.number()).optional(),
  })
  .openapi('StreamResult')
const pageSchema = z
  .object({
    results: z.array(resultSchema),
    next: z.int().openapi({ description: '`after` of what comes next, also later.' }),
    first: z.int().openapi({ description: 'The id of the oldest result that is kept.' }),
    last: z.int(),
  })
  .openapi('StreamResults')

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional()

const readResultsRoute = createRoute({
  method: 'get',
  path: '/streams/{name}/results',
  tags: ['Streams'],
  operationId: 'readStreamResults',
  summary: 'What a stream says of its samples; as server-sent events where text/event-stream is accepted',
  request: {
    params: z.object({ name: z.string().min(1).max(128) }),
    query: z.object({
      after: number.openapi({
        description: 'Only results behind this id. Default: a page begins with the oldest, a stream with the next one.',
      }),
      last: number.openapi({
        description: 'Begin with so many of the newest, of which `anomalies` chooses; where `after` is not given.',
      }),
      limit: z.coerce.number().int().min(1).max(10_000).default(1000).openapi({ description: 'Of a page.' }),
      anomalies: z.enum(['true', 'false']).optional().openapi({ description: '`true`: only anomalies.' }),
    }),
    headers: z.object({
      'last-event-id': z.string().max(20).optional().openapi({ description: 'A stream goes on after it.' }),
    }),
  },
  responses: {
    200: {
      description:
        'Results in order. In a stream each is an event `result` with its id; `lost` says which ids (`from`, `to`) are not kept any ' +
        'more; `end`, that the stream is gone.',
      content: { 'application/json': { schema: pageSchema }, 'text/event-stream': { schema: z.string() } },
    },
    400: problem('The request is malformed.'),
    404: problem('There is no such stream.'),
    410: problem('The results after `after` are not kept any more, or never were: `first` and `last` are.'),
    503: problem('The server ends.'),
  },
})

/** Results of streams. */
export function mountStreamResults(
  app: OpenAPIHono,
  streams: StreamHost,
  { closing, heartbeatMs }: { readonly closing: AbortSignal | undefined; readonly heartbeatMs: number },
): void {
  app.openapi(readResultsRoute, async (c) => {
    const { name } = c.req.valid('param')
    const { after, last, limit, anomalies } = c.req.valid('query')
    const isAnomaly = anomalies === 'true'
    const isStream = c.req.header('accept')?.includes('text/event-stream') === true
    const seen = (isStream ? sequenceOf(c.req.valid('header')['last-event-id']) : undefined) ?? after
    const range = await rangeOf(streams, name)
    const newest = last === undefined ? undefined : Math.max(range.first - 1, range.last - last)
    const start = seen ?? newest ?? (isStream ? range.last : range.first - 1)
    if (!isStream) {
      const { items, ...place } = await streams.read(name, { after: start, limit, isAnomaly })
      const results = items.map(({ id, json }) => `{"id":${id},${json.slice(1)}`) // as kept: nothing is read twice
      const body = `{"results":[${results.join(',')}],${JSON.stringify(place).slice(1)}`
      return c.body(body, 200, { 'content-type': 'application/json' }) as never // JSON, as described
    }
    if (start > range.last) await streams.read(name, { after: start, limit: 1 }) // says that there never were so many
    const signal = closing === undefined ? c.req.raw.signal : AbortSignal.any([closing, c.req.raw.signal])
    const stream = resultStream(streams, { name, after: start, isAnomaly, signal, heartbeatMs })
    return c.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }) as never // no JSON
  })
}

async function rangeOf(streams: StreamHost, name: string): Promise<{ readonly first: number; readonly last: number }> {
  const info = await streams.get(name)
  if (info.state === 'ready') return info.results
  throw new AnomalyDetectionError('anomaly-detection/invalid-stream-state', info.reason, { name })
}

function sequenceOf(id: string | undefined): number | undefined {
  const sequence = id === undefined || id.trim() === '' ? Number.NaN : Number(id)
  return Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : undefined
}
