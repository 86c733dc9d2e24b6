import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'

import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { malformedJson } from './malformed-json.ts'
import { invalidRequest, type Problem, problemOf, problemResponse } from './problem.ts'
import { mountSamples } from './sample-routes.ts'
import { mountStreams } from './stream-collection-routes.ts'
import { mountStreamResults } from './stream-result-routes.ts'

/** What the routes of streams need. */
export interface StreamRoutesDeps {
  readonly streams: StreamHost
  /** Aborted when the server is to end: streams of results end, and no more samples are taken. */
  readonly closing?: AbortSignal | undefined
  /** Milliseconds of silence before a comment keeps a stream of results alive; default 15,000. */
  readonly heartbeatMs?: number | undefined
  /** The most bytes of a body of samples; default 4,294,967,296. */
  readonly mostBodyBytes?: number | undefined
  /** The most bytes of a line; default 1,048,576. */
  readonly mostLineBytes?: number | undefined
}

const MOST_OPTIONS_BYTES = 2 ** 20

/**
 * REST routes of streams, with their OpenAPI description; to be mounted under a base path, before others whose limit of bodies is
 * for all. Errors are RFC 9457 problems; what is no error of this package is thrown on.
 */
export function createStreamRoutes(deps: StreamRoutesDeps): OpenAPIHono {
  const { streams, closing, heartbeatMs = 15_000, mostBodyBytes = 2 ** 32, mostLineBytes = 2 ** 20 } = deps
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(c, result.error)),
  })
  const type = 'urn:nomaly:anomaly-detection/too-large'
  const detail = `options of more than ${MOST_OPTIONS_BYTES} bytes are not taken`
  const tooLarge = { type, title: 'Too large', status: 413, detail }
  app.use('/streams', bodyLimit({ maxSize: MOST_OPTIONS_BYTES, onError: (c) => problemResponse(c, tooLarge) }))
  app.onError((error, c) => {
    const problem = problemOfStreams(error) ?? malformedJson(error)
    if (problem === undefined) throw error
    return problemResponse(c, problem)
  })
  mountStreams(app, streams)
  mountSamples(app, streams, { closing, mostBytes: mostBodyBytes, mostLineBytes })
  mountStreamResults(app, streams, { closing, heartbeatMs })
  return app
}

// With the ids that there are, where others were asked for.
function problemOfStreams(error: unknown): Problem | undefined {
  const problem = problemOf(error)
  const isLoss = AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/results-lost'
  return problem && isLoss ? { ...problem, ...error.details } : problem
}
