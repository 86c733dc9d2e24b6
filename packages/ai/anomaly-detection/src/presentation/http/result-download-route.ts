import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { DownloadFormat } from '../../application/results/download-result.ts'
import { problem } from './described.ts'
import type { ResultRoutesDeps } from './detection-deps.ts'
import { filterOf, filterQuery } from './result-schemas.ts'

const TYPES: Readonly<Record<DownloadFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
}

const bytes = { schema: { type: 'string', format: 'binary' } } as const

const route = createRoute({
  method: 'get',
  path: '/results/{id}/download',
  tags: ['Results'],
  operationId: 'downloadResult',
  summary: 'Rows of a result as a file: the columns of the data set, score, anomaly, band and verdict',
  request: {
    params: z.object({ id: z.string().min(1).max(64) }),
    query: z.object({ ...filterQuery, format: z.enum(['csv', 'jsonl', 'parquet']).default('csv') }),
  },
  responses: {
    200: {
      description: 'The rows for which all that is asked holds, in the order of the data set.',
      content: { 'text/csv': bytes, 'application/x-ndjson': bytes, 'application/vnd.apache.parquet': bytes },
    },
    400: problem('The request is malformed.'),
    404: problem('There is no such result.'),
  },
})

/** Downloads of kept results, streamed. */
export function mountDownload(app: OpenAPIHono, { store, download }: ResultRoutesDeps): void {
  if (download === undefined) return
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param')
    const { format, ...query } = c.req.valid('query')
    const { info } = await store.open(id)
    const gone = new AbortController()
    const content = await download({ id, format, filter: filterOf(query) }, gone.signal)
    c.header('content-type', TYPES[format])
    c.header('content-disposition', `attachment; ${fileName(info.dataset.name, id, format)}`)
    return c.body(streamOf(content, gone)) as never // as the route describes
  })
}

// What fails on its way breaks the answer off: it must not be taken for whole.
function streamOf(content: AsyncIterable<Uint8Array>, gone: AbortController): ReadableStream<Uint8Array> {
  const parts = content[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async (reason) => {
      gone.abort(reason)
      await parts.return?.()
    },
  })
}

// Source: RFC 6266, appendix D: a plain name for all, and the real one for who knows the extension.
function fileName(dataset: string, id: string, format: DownloadFormat): string {
  const stem = dataset.replace(/(?:\.(?:csv|tsv|jsonl|ndjson|json|parquet))?(?:\.gz)?$/i, '') || 'data'
  const name = `${stem}-scores-${id.slice(0, 8)}.${format}`.toWellFormed()
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  return `filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
}
