import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { JobLog } from '../../application/ports/job-log.ts'
import type { JobQueue } from '../../application/ports/job-queue.ts'
import { SqliteError } from '../../domain/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { describedApp, json, refused } from './described.ts'
import type { Issues } from './problem.ts'

/** A kind of job that may be asked for. */
export interface JobKind {
  /** In a sentence; shown in the description of the routes. */
  readonly summary: string
  /** What is wrong with an input; nothing where it can be tried. */
  readonly check: (input: unknown) => Issues
}

/** What the routes of jobs need. */
export interface JobRoutesDeps {
  readonly queue: JobQueue
  readonly log: Pick<JobLog, 'find' | 'list'>
  /** By the name that requests give, which is the type of the job; others are refused, and not shown. */
  readonly kinds: Readonly<Record<string, JobKind>>
}

const EXAMPLE = 'detect'

// Beside the routes, as their types are inferred from each other.
const queueName = z.enum(['high', 'normal', 'low'])
const state = z.enum(['waiting', 'running', 'completed', 'failed', 'cancelled'])
const jobSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    queue: queueName,
    priority: z.int(),
    state,
    input: z.unknown(),
    output: z.unknown().optional(),
    failure: z.looseObject({ message: z.string() }).optional(),
    attempt: z.int().min(0),
    attempts: z.int().min(1),
    progress: z.object({ done: z.number(), total: z.number().optional(), message: z.string().optional() }).optional(),
    idempotencyKey: z.string().optional(),
    cancelRequested: z.boolean(),
    createdAt: z.number().openapi({ description: 'Times are epoch milliseconds.' }),
    dueAt: z.number(),
    startedAt: z.number().optional(),
    finishedAt: z.number().optional(),
  })
  .openapi('Job')
const draftSchema = z
  .strictObject({
    kind: z.string().min(1).max(100).openapi({ example: EXAMPLE }),
    input: z.record(z.string(), z.unknown()).openapi({ description: 'What the kind asks for.' }),
    queue: queueName.default('normal'),
    priority: z.int().min(-1000).max(1000).default(0),
    attempts: z.int().min(1).max(100).default(3),
  })
  .openapi('JobRequest')
const listQuery = z.object({
  state: state.optional(),
  kind: z.string().max(100).optional(),
  queue: queueName.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
})
const idParams = z.object({ id: z.string().min(1).max(100) })
const headers = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same key with the same job answers the job that is there.' }),
})
const tags = ['Jobs']

const addRoute = createRoute({
  method: 'post',
  path: '/jobs',
  tags,
  operationId: 'addJob',
  summary: 'Ask for a job; it survives the end of the server',
  request: { headers, body: { required: true, content: { 'application/json': { schema: draftSchema } } } },
  responses: {
    200: json(jobSchema, 'The job that is there already under this idempotency key.'),
    202: json(jobSchema, 'It is kept; `Location` tells how it goes.'),
    400: refused('The request is malformed.'),
    409: refused('The idempotency key was used for another job.'),
    413: refused('The body is too large.'),
  },
})
const listRoute = createRoute({
  method: 'get',
  path: '/jobs',
  tags,
  operationId: 'listJobs',
  summary: 'The jobs, the newest first',
  request: { query: listQuery },
  responses: {
    200: json(
      z.object({ items: z.array(jobSchema), next: z.string().nullable() }).openapi('JobList'),
      'A page of them.',
    ),
    400: refused('The request is malformed.'),
  },
})
const getRoute = createRoute({
  method: 'get',
  path: '/jobs/{id}',
  tags,
  operationId: 'getJob',
  summary: 'A job: its state, progress, output or failure',
  request: { params: idParams },
  responses: { 200: json(jobSchema, 'The job.'), 404: refused('There is none of this id.') },
})
const cancelRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/cancel',
  tags,
  operationId: 'cancelJob',
  summary: 'End a job: at once where it waits, soon where it runs',
  request: { params: idParams },
  responses: {
    200: json(jobSchema, 'The job; one that has ended stays as it is.'),
    404: refused('There is none of this id.'),
  },
})
const retryRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/retry',
  tags,
  operationId: 'retryJob',
  summary: 'Let a failed or cancelled job wait again, with all its attempts',
  request: { params: idParams },
  responses: {
    200: json(jobSchema, 'The job.'),
    404: refused('There is none of this id.'),
    409: refused('It waits, runs, or is completed.'),
  },
})

/** REST routes over a queue of jobs, with their OpenAPI description; to be mounted under a base path. */
export function createJobRoutes({ queue, log, kinds }: JobRoutesDeps): OpenAPIHono {
  const app = describedApp('/jobs')
  const description = Object.entries(kinds).map(([name, { summary }]) => `- \`${name}\`: ${summary}`)
  app.openapi({ ...addRoute, description: description.join('\n') }, async (c) => {
    const { kind, ...draft } = c.req.valid('json')
    const issues = Object.hasOwn(kinds, kind) ? kinds[kind]?.check(draft.input) : undefined
    if (issues === undefined || issues.length > 0) throw new RefusedJob(issues ?? unknownKind(kind, kinds))
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    const { job, created } = await queue.enqueue({ ...draft, type: kind, ...(idempotencyKey && { idempotencyKey }) })
    return c.json(jsonOf(job), created ? 202 : 200, { Location: `${c.req.path}/${job.id}` })
  })
  app.openapi(listRoute, async (c) => {
    const { kind, cursor: pageToken, ...query } = c.req.valid('query')
    const { items, next } = await log.list({ ...query, type: kind, pageToken })
    return c.json({ items: items.map(jsonOf), next: next ?? null }, 200)
  })
  app.openapi(getRoute, async (c) => {
    const { id } = c.req.valid('param')
    const job = await log.find(id)
    if (job === undefined)
      throw new SqliteError('sqlite/not-found', `there is no job '${id}'`, { entity: 'job', key: id })
    return c.json(jsonOf(job), 200)
  })
  app.openapi(cancelRoute, async (c) => c.json(jsonOf(await queue.cancel(c.req.valid('param').id)), 200))
  app.openapi(retryRoute, async (c) => c.json(jsonOf(await queue.retry(c.req.valid('param').id)), 200))
  return app
}

/** A job that is not taken, for what its input says. */
class RefusedJob extends SqliteError {
  constructor(issues: Issues) {
    const lines = issues.map(({ path, message }) => `${path}: ${message}`)
    super('sqlite/invalid-argument', lines.join('; '), { issues })
  }
}

function unknownKind(kind: string, kinds: JobRoutesDeps['kinds']): Issues {
  return [{ path: 'kind', message: `there is no '${kind}'; there are: ${Object.keys(kinds).join(', ')}` }]
}

function jsonOf({ type: kind, progress, failure, ...job }: Job): z.infer<typeof jobSchema> {
  return { ...job, kind, ...(progress && { progress: { ...progress } }), ...(failure && { failure: { ...failure } }) }
}
