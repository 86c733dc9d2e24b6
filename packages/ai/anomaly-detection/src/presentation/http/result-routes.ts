import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { KeptResult } from '../../application/ports/result-store.ts'
import { resultPage } from '../../application/results/result-page.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { feedbackCountsOf } from '../../domain/results/feedback.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'
import { json, problem } from './described.ts'
import type { ResultRoutesDeps } from './detection-deps.ts'
import { filterOf, filterQuery, type ResultJson, resultRowSchema, resultSchema } from './result-schemas.ts'

// Beside the routes, as their types are inferred from each other.
const tags = ['Results']
const params = z.object({ id: z.string().min(1).max(64) })
const cursor = z.string().max(128).optional().openapi({ description: '`next` of the page before.' })
const malformed = problem('The request is malformed.')
const absent = problem('There is no such result.')

const listRoute = createRoute({
  method: 'get',
  path: '/results',
  tags,
  operationId: 'listResults',
  summary: 'The kept results, the newest first',
  request: {
    query: z.object({
      dataset: z.string().max(64).optional().openapi({ description: 'Those of this data set.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor,
    }),
  },
  responses: {
    200: json(
      z.object({ results: z.array(resultSchema), next: z.string().optional() }).openapi('ResultList'),
      'A page of them.',
    ),
    400: malformed,
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/results/{id}',
  tags,
  operationId: 'getResult',
  summary: 'A kept result, but for its rows',
  request: { params },
  responses: { 200: json(resultSchema, 'The result.'), 400: malformed, 404: absent },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/results/{id}',
  tags,
  operationId: 'removeResult',
  summary: 'Remove a result with its feedback',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, 400: malformed, 404: absent },
})

const rowsRoute = createRoute({
  method: 'get',
  path: '/results/{id}/rows',
  tags,
  operationId: 'listResultRows',
  summary: 'Rows of a result, by their place in the data set or the highest score first',
  request: {
    params,
    query: z.object({
      ...filterQuery,
      sort: z.enum(['row', 'score']).default('row'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor,
    }),
  },
  responses: {
    200: json(
      z.object({ rows: z.array(resultRowSchema), next: z.string().optional() }).openapi('ResultRows'),
      'A page of the rows for which all that is asked holds.',
    ),
    400: malformed,
    404: absent,
  },
})

const numbers = z.array(z.number().nullable())

const scoresRoute = createRoute({
  method: 'get',
  path: '/results/{id}/scores',
  tags,
  operationId: 'getResultScores',
  summary: 'Scores of consecutive rows, of series with the expected values and bands: for drawing',
  request: {
    params,
    query: z.object({
      start: z.coerce.number().int().min(0).max(4_294_967_295).default(0),
      limit: z.coerce.number().int().min(1).max(100_000).default(10_000),
    }),
  },
  responses: {
    200: json(
      z
        .object({
          start: z.int().min(0),
          scores: numbers.openapi({ description: 'From row `start` on; null for a row without a score.' }),
          time: numbers.optional().openapi({ description: 'Epoch milliseconds.' }),
          value: numbers.optional(),
          expected: numbers.optional(),
          lower: numbers.optional(),
          upper: numbers.optional(),
          entity: numbers.optional().openapi({ description: 'Index into `series.entities`; null in none of them.' }),
        })
        .openapi('ResultScores'),
      'The scores.',
    ),
    400: malformed,
    404: absent,
  },
})

/** Kept results and their rows. */
export function mountResults(app: OpenAPIHono, deps: ResultRoutesDeps): void {
  const { store, feedback } = deps
  const told = async (info: ResultInfo): Promise<ResultJson> => ({
    ...info,
    feedback: feedbackCountsOf((await feedback.list(info.id)).values()),
  })
  app.openapi(listRoute, async (c) => {
    const { dataset, limit, cursor: after } = c.req.valid('query')
    const all = await store.list()
    const wanted = dataset === undefined ? all : all.filter((info) => info.dataset.id === dataset)
    const start = after === undefined ? 0 : placeAfter(wanted, after)
    const shown = wanted.slice(start, start + limit)
    const results = await Promise.all(shown.map((info) => told(info).catch(orGone)))
    const last = start + limit < wanted.length ? shown.at(-1) : undefined
    const next = last && `${last.createdAt}-${last.id}`
    return c.json({ results: results.filter((one) => one !== undefined), ...(next && { next }) }, 200)
  })
  app.openapi(getRoute, async (c) => c.json(await told((await store.open(c.req.valid('param').id)).info), 200))
  app.openapi(removeRoute, async (c) => {
    await store.remove(c.req.valid('param').id)
    return c.body(null, 204)
  })
  app.openapi(rowsRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { sort, limit, cursor: after, ...query } = c.req.valid('query')
    const kept = await store.open(id)
    const filter = filterOf(query)
    const { rows, next } = await resultPage(kept, await feedback.list(id), { filter, sort, limit, cursor: after })
    return c.json({ rows: [...rows], ...(next !== undefined && { next }) }, 200)
  })
  app.openapi(scoresRoute, async (c) => {
    const { start, limit } = c.req.valid('query')
    const kept = await store.open(c.req.valid('param').id)
    return c.json(
      { start, scores: await listOf(kept, 'score', start, limit), ...(await extrasOf(kept, start, limit)) },
      200,
    )
  })
}

async function extrasOf(kept: KeptResult, start: number, limit: number) {
  const ofSeries = kept.info.series === undefined ? [] : (['time', 'value', 'entity'] as const)
  const ofBands = kept.info.bands ? (['expected', 'lower', 'upper'] as const) : []
  const entries = [...ofSeries, ...ofBands].map(async (name) => [name, await listOf(kept, name, start, limit)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

async function listOf(
  { info, read }: KeptResult,
  column: Parameters<KeptResult['read']>[0],
  start: number,
  limit: number,
): Promise<Array<number | null>> {
  const series = info.series?.entities.length ?? 0
  const isAbsent = column === 'entity' ? (value: number) => value >= series : Number.isNaN
  return Array.from(await read(column, start, limit), (value) => (isAbsent(value) ? null : value))
}

// Where the list goes on, though the result that the cursor names may be gone.
function placeAfter(all: ReadonlyArray<ResultInfo>, given: string): number {
  const [, digits, id = ''] = /^(\d{1,16}(?:\.\d{1,9})?)-(.+)$/.exec(given) ?? []
  if (digits === undefined) {
    const message = 'it is no cursor of this list: take "next" of a page'
    const details = { issues: [{ path: 'cursor', message }] }
    throw new AnomalyDetectionError('anomaly-detection/invalid-cursor', `cursor: ${message}`, details)
  }
  const createdAt = Number(digits)
  const at = all.findIndex((one) => one.createdAt < createdAt || (one.createdAt === createdAt && one.id > id))
  return at === -1 ? all.length : at
}

// Removed while the list was read.
function orGone(error: unknown): undefined {
  if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/unknown-result') return undefined
  throw error
}
