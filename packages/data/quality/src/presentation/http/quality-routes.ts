import { OpenAPIHono } from '@hono/zod-openapi'

import { describeExpectations } from '../../application/catalogue/catalogue.ts'
import { readTrend } from '../../application/history/read-trend.ts'
import { RecordedCheck } from '../../application/history/recorded-check.ts'
import { QualityError } from '../../domain/errors.ts'
import type { KeptResult } from '../../domain/history/kept-result.ts'
import { maskedValidation } from '../../domain/masking/masked-validation.ts'
import { checkReport } from '../report/check-report.ts'
import { describeRoutes, readListQuery, readTrendQuery } from './describe-routes.ts'
import { problem, problemOf, problemResponse, RefusedRequest } from './problem.ts'
import { type CheckRequest, readCheckRequest } from './read-check-request.ts'
import type { OpenedTable, QualityRoutesDeps } from './routes-deps.ts'
import { mountSuites } from './suite-routes.ts'

/**
 * Suites, checks, results, reports and trends over HTTP, to be mounted under a path of the caller's: `/suites`, `/imports`,
 * `/expectations`, `/checks`, `/results`, `/trends`; with their OpenAPI description. Results are kept and answered with personal values masked. Errors are problems of RFC 9457.
 * Who may call is the caller's to say.
 */
export function createQualityRoutes(deps: QualityRoutesDeps): OpenAPIHono {
  const app = new OpenAPIHono()
  describeRoutes(app.openAPIRegistry)
  app.get('/expectations', (context) => context.json({ expectations: describeExpectations() }))
  mountSuites(app, deps)
  mountResults(app, deps)
  app.post('/checks', async ({ req }) => {
    const result = await check(req.raw, deps)
    return Response.json(result, { status: 201, headers: { Location: `results/${encodeURIComponent(result.id)}` } })
  })
  app.notFound(({ req, res }) =>
    problemResponse(
      problem(404, 'There is no such place', `${req.method} ${req.path}: nothing is there`, 'quality/not-found'),
      res.headers,
    ),
  )
  app.onError((error, context) => {
    const { req, res } = context
    const found = req.raw.signal.aborted
      ? problem(499, 'The client went away', 'the request was given up', 'quality/cancelled')
      : problemOf(error)
    if (found !== undefined) return problemResponse(found, res.headers)
    // Who mounts the routes may have words for it.
    if (deps.options?.onFault === undefined) throw error
    deps.options.onFault(error)
    return problemResponse(
      problem(500, 'A fault of the server', 'see the log of the server', 'quality/fault'),
      res.headers,
    )
  })
  return app
}

function mountResults(app: OpenAPIHono, deps: QualityRoutesDeps): void {
  const { results } = deps
  app.get('/results', async (context) => {
    return context.json({ results: await results.list(readListQuery(context.req.query())) })
  })
  app.get('/results/:id', async (context) => context.json(await resultOf(context.req.param('id'), deps)))
  app.get('/results/:id/report', async ({ req }) => {
    const { validation, score, dataset } = await resultOf(req.param('id'), deps)
    const trend = await readTrend(results, dataset)
    return new Response(checkReport(validation, { score, trend }), {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
    })
  })
  app.get('/trends/:dataset', async (context) => {
    const asked = readTrendQuery(context.req.query())
    return context.json(await readTrend(results, context.req.param('dataset'), asked.limit))
  })
}

async function check(request: Request, deps: QualityRoutesDeps): Promise<KeptResult> {
  const { suite, table, source, dataset, unmask, keyColumns, resultFormat } = await readCheckRequest(request, deps)
  const { engine, close } = await opened(table, request.signal, deps)
  try {
    const recorded = new RecordedCheck({ ...deps, beforeKeeping: masked })
    const result = await recorded.run(
      suite,
      { ...engine, source },
      {
        dataset,
        keyColumns,
        now: deps.now,
        signal: request.signal,
        ...(resultFormat === undefined ? {} : { resultFormat }),
      },
    )
    return unmask ? result : masked(result)
  } finally {
    await close()
  }
}

function opened(
  table: CheckRequest['table'],
  signal: AbortSignal,
  { openTable, openDataset }: QualityRoutesDeps,
): Promise<OpenedTable> {
  if (table.kind !== 'dataset') return openTable(table, signal)
  if (openDataset !== undefined) return openDataset(table.id, signal)
  throw new QualityError('quality/invalid-options', 'no data sets are kept here: send the rows')
}

function masked(result: KeptResult): KeptResult {
  return { ...result, validation: maskedValidation(result.validation) }
}

async function resultOf(id: string, { results }: QualityRoutesDeps): Promise<KeptResult> {
  const found = await results.get(id)
  if (found !== undefined) return found
  throw new RefusedRequest(404, 'There is no such result', 'unknown-result', `there is no result ${JSON.stringify(id)}`)
}
