import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import type { LineLimits } from './line-blocks.ts'
import { problemResponse } from './problem.ts'
import { takeSamples } from './take-samples.ts'

// Beside the route, as their types are inferred from each other.
const fields = {
  accepted: z.int().openapi({ description: 'Samples taken now. They survive whatever happens to the server.' }),
  skipped: z.int().openapi({ description: 'Samples that had been taken before, see `from`.' }),
  first: z.int().nullable().openapi({ description: 'The id of the first result that came of it.' }),
  last: z.int().nullable(),
  anomalies: z.int(),
  next: z.int().openapi({ description: '`from` of the next samples.' }),
}
const takenSchema = z.object(fields).openapi('SamplesTaken')
const refusedSchema = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .extend({
    ...z.object(fields).partial().shape,
    line: z.int().optional().openapi({ description: 'From 1: it and all behind it was not taken.' }),
  })
  .openapi('SamplesRefused')

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: refusedSchema } },
})

const pushSamplesRoute = createRoute({
  method: 'post',
  path: '/streams/{name}/samples',
  tags: ['Streams'],
  operationId: 'pushSamples',
  summary: 'Score samples, one a line: an object, a list of numbers or a number',
  request: {
    params: z.object({ name: z.string().min(1).max(128) }),
    query: z.object({
      from: z.coerce
        .number()
        .int()
        .min(0)
        .max(Number.MAX_SAFE_INTEGER)
        .optional()
        .openapi({
          description:
            'The number of the first sample in the body, from 0. With it a body can be sent again when its answer was not heard: samples ' +
            'that were taken are passed over. For one sender a stream. Default: the next number.',
        }),
    }),
    body: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string', format: 'binary' } } } },
  },
  responses: {
    200: {
      description: 'All were taken, in this order.',
      content: { 'application/json': { schema: takenSchema } },
    },
    400: problem('The request is malformed.'),
    404: problem('There is no such stream.'),
    409: problem('Samples between the last one and `from` are missing.'),
    413: problem('The body or a line is too large. What stood before is taken.'),
    422: problem('A line cannot be taken, `line` says which. What stood before it is taken.'),
    503: problem('The server ends. What `accepted` counts is taken.'),
    507: problem('There is no room. What `accepted` counts is taken.'),
  },
})

/** Samples into streams. @param closing - aborted when no more is to be taken */
export function mountSamples(
  app: OpenAPIHono,
  streams: StreamHost,
  { closing, ...limits }: LineLimits & { readonly closing: AbortSignal | undefined },
): void {
  app.openapi(pushSamplesRoute, async (c) => {
    const sent = { name: c.req.valid('param').name, from: c.req.valid('query').from, body: c.req.raw.body ?? nothing() }
    const { taken, problem: found } = await takeSamples(streams, { ...sent, ...limits, signal: closing })
    if (found !== undefined) return problemResponse(c, { ...found, ...taken }) as never // as the route describes
    return c.json(taken, 200)
  })
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
