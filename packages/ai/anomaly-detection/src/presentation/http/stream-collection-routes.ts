import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { HostedStreamInfo } from '../../application/streaming/hosted/hosted-stream-info.ts'
import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import { hostedStreamSchema } from '../../application/streaming/streaming-options.ts'
import { json, problem } from './described.ts'

// Beside the routes, as their types are inferred from each other.
const request = hostedStreamSchema.meta({ id: 'StreamRequest' }) // made before zod learned to describe itself

const streamSchema = z
  .object({
    name: z.string(),
    createdAt: z.int().openapi({ description: 'Epoch milliseconds.' }),
    state: z.enum(['ready', 'failed']),
    reason: z.string().optional().openapi({ description: 'Why it failed; the fields below are then absent.' }),
    options: z.record(z.string(), z.unknown()).optional().openapi({ description: 'With every default filled in.' }),
    features: z.array(z.string()).nullable().optional(),
    threshold: z
      .number()
      .nullable()
      .optional()
      .openapi({ description: 'Of the probability, or of the score where there is none.' }),
    samples: z.int().optional().openapi({ description: 'Taken so far: `from` of the next ones.' }),
    results: z
      .object({ first: z.int(), last: z.int() })
      .optional()
      .openapi({ description: 'The ids of those that are kept; `last` is `first - 1` where there are none.' }),
    counts: z.record(z.string(), z.int()).optional(),
  })
  .openapi('Stream')

const tags = ['Streams']
const params = z.object({ name: z.string().min(1).max(128) })
const noStream = { 404: problem('There is no such stream.') }
const ends = { 503: problem('The server ends.') }

const createStreamRoute = createRoute({
  method: 'post',
  path: '/streams',
  tags,
  operationId: 'createStream',
  summary: 'Make a stream: the options of nomaly watch, with a name',
  request: { body: { required: true, content: { 'application/json': { schema: request } } } },
  responses: {
    201: json(streamSchema, 'It waits for samples; `Location` is where it is.'),
    400: problem('The request is malformed.'),
    404: problem('There is no such detector.'),
    409: problem('The name is taken, or there are too many streams.'),
    413: problem('The body is too large.'),
    422: problem('The options do not go together, or a parameter is wrong.'),
    ...ends,
  },
})
const listStreamsRoute = createRoute({
  method: 'get',
  path: '/streams',
  tags,
  operationId: 'listStreams',
  summary: 'The streams and where they stand, by name',
  responses: { 200: json(z.object({ streams: z.array(streamSchema) }), 'All of them.'), ...ends },
})
const getStreamRoute = createRoute({
  method: 'get',
  path: '/streams/{name}',
  tags,
  operationId: 'getStream',
  summary: 'A stream, and where it stands',
  request: { params },
  responses: { 200: json(streamSchema, 'The stream.'), ...noStream, ...ends },
})
const removeStreamRoute = createRoute({
  method: 'delete',
  path: '/streams/{name}',
  tags,
  operationId: 'removeStream',
  summary: 'Remove a stream, its model and its results',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, ...noStream, ...ends },
})

/** Streams by their names. */
export function mountStreams(app: OpenAPIHono, streams: StreamHost): void {
  app.openapi(createStreamRoute, async (c) => {
    const made = await streams.create(c.req.valid('json'))
    return c.json(jsonOf(made), 201, { Location: `${c.req.path}/${made.name}` })
  })
  app.openapi(listStreamsRoute, async (c) => c.json({ streams: (await streams.list()).map(jsonOf) }, 200))
  app.openapi(getStreamRoute, async (c) => c.json(jsonOf(await streams.get(c.req.valid('param').name)), 200))
  app.openapi(removeStreamRoute, async (c) => {
    await streams.remove(c.req.valid('param').name)
    return c.body(null, 204)
  })
}

// Its lists are readonly, which the type of a JSON answer is not.
function jsonOf(info: HostedStreamInfo): z.infer<typeof streamSchema> {
  if (info.state === 'failed') return { ...info }
  const { options, features, counts } = info
  return { ...info, options: { ...options }, features: features && [...features], counts: { ...counts } }
}
