import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'

import type { DatasetStore } from '../../application/ports/dataset-store.ts'
import type { DatasetInfo } from '../../domain/datasets/dataset-info.ts'
import { FilesError } from '../../domain/errors.ts'
import { invalidRequest, problemOf } from './problem.ts'
import { rowsOf } from './rows-of.ts'

/** What the routes of data sets need. */
export interface DatasetRoutesDeps {
  readonly store: DatasetStore
  /** Told of each data set that was added, once it is kept. A failure of it is the caller's to handle. */
  readonly onAdded?: ((info: DatasetInfo) => Promise<void>) | undefined
}

// Beside the routes, as their types are inferred from each other.
const datasetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']),
    isGzipped: z.boolean(),
    bytes: z.int().min(0),
    sha256: z.string(),
    rows: z.int().min(0),
    columns: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'text']) })),
    createdAt: z.int().openapi({ description: 'Epoch milliseconds.' }),
  })
  .openapi('Dataset')

const datasetListSchema = z
  .object({
    items: z.array(datasetSchema),
    next: z.string().nullable().openapi({ description: '`after` of the next page.' }),
  })
  .openapi('DatasetList')

const rowsSchema = z
  .object({
    offset: z.int().min(0),
    rows: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))),
  })
  .openapi('DatasetRows')

const problemSchema = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .openapi('Problem')

const uploadQuery = z.object({
  name: z.string().min(1).max(255).openapi({ example: 'pumps.csv' }),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']).optional(),
})

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(64).optional(),
})

const rowsQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
})

const idParams = z.object({ id: z.string().min(1).max(64) })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

const json = <S>(schema: S, description: string) => ({ description, content: { 'application/json': { schema } } })

const tags = ['Data sets']

const uploadRoute = createRoute({
  method: 'post',
  path: '/datasets',
  tags,
  operationId: 'addDataset',
  summary: 'Upload a CSV, TSV, JSON, JSON lines or Parquet file: its bytes are the body',
  request: {
    query: uploadQuery,
    body: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
  },
  responses: {
    201: json(datasetSchema, 'It is kept for good; `Location` is where.'),
    400: problem('The request is malformed, or broke off.'),
    413: problem('It is too large.'),
    415: problem('Its format is not known.'),
    422: problem('The file is malformed; the detail says where.'),
    507: problem('There is no room for it.'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/datasets',
  tags,
  operationId: 'listDatasets',
  summary: 'The data sets, the newest first',
  request: { query: pageQuery },
  responses: { 200: json(datasetListSchema, 'A page of them.'), 400: problem('The request is malformed.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/datasets/{id}',
  tags,
  operationId: 'getDataset',
  summary: 'A data set: its columns, rows and hash',
  request: { params: idParams },
  responses: { 200: json(datasetSchema, 'The data set.'), 404: problem('There is none of this id.') },
})

const rowsRoute = createRoute({
  method: 'get',
  path: '/datasets/{id}/rows',
  tags,
  operationId: 'getDatasetRows',
  summary: 'Some of its rows, as records',
  request: { params: idParams, query: rowsQuery },
  responses: {
    200: json(rowsSchema, 'The rows from `offset` on; missing values are null.'),
    400: problem('The request is malformed.'),
    404: problem('There is none of this id.'),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/datasets/{id}',
  tags,
  operationId: 'removeDataset',
  summary: 'Remove a data set',
  request: { params: idParams },
  responses: { 204: { description: 'It is gone.' }, 404: problem('There is none of this id.') },
})

/** REST routes over a store of data sets, with their OpenAPI description; to be mounted under a base path. */
export function createDatasetRoutes({ store, onAdded }: DatasetRoutesDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(c, result.error)),
  })
  app.onError((error, c) => {
    const found = problemOf(error)
    if (found === undefined) throw error
    return c.body(JSON.stringify(found), found.status as 400, { 'content-type': 'application/problem+json' }) // one of STATUS
  })
  app.openapi(uploadRoute, async (c) => {
    const { name, format } = c.req.valid('query')
    const info = await store.add({ name, format, content: bodyOf(c), signal: c.req.raw.signal })
    await onAdded?.(info)
    return c.json(plain(info), 201, { Location: `${c.req.path}/${info.id}` })
  })
  app.openapi(listRoute, async (c) => {
    const { limit, after } = c.req.valid('query')
    const all = await store.list()
    const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
    const items = all.slice(start, start + limit)
    const next = start + limit < all.length ? (items.at(-1)?.id ?? null) : null
    return c.json({ items: items.map(plain), next }, 200)
  })
  app.openapi(getRoute, async (c) => c.json(plain(await store.get(c.req.valid('param').id)), 200))
  app.openapi(rowsRoute, async (c) => {
    const { offset, limit } = c.req.valid('query')
    const table = await store.open(c.req.valid('param').id, undefined, c.req.raw.signal)
    return c.json({ offset, rows: await rowsOf(table, offset, limit) }, 200)
  })
  app.openapi(removeRoute, async (c) => {
    await store.remove(c.req.valid('param').id)
    return c.body(null, 204)
  })
  return app
}

const plain = (info: DatasetInfo) => ({ ...info, columns: [...info.columns] })

function bodyOf(c: Context): AsyncIterable<Uint8Array> {
  const { body } = c.req.raw
  if (body === null) throw new FilesError('files/empty', 'there is no body; send the bytes of a file')
  return body
}
