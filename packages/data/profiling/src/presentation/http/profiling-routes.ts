import { OpenAPIHono } from '@hono/zod-openapi'

import type { KeptProfile } from '../../application/ports/profiles-store.ts'
import { profileJsonSchema } from '../../application/profile-document.ts'
import { RecordedProfile } from '../../application/recorded-profile.ts'
import { compareProfiles } from '../../domain/comparison/compare-profiles.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { profileReport } from '../report/profile-report.ts'
import { describeRoutes, readComparisonQuery, readListQuery, readReportQuery } from './describe-routes.ts'
import { problem, problemOf, problemResponse } from './problem.ts'
import { type ProfileRequest, readProfileRequest } from './read-profile-request.ts'
import type { OpenedTable, ProfilingRoutesDeps } from './routes-deps.ts'

/**
 * Profiles, their reports and comparisons over HTTP, to be mounted under a path of the caller's: `/profiles`, `/profiles/schema`,
 * `/profiles/:id`, `/profiles/:id/report`, `/profiles/:id/comparison?reference=id`; with their OpenAPI description. Personal values are masked. Errors are problems of
 * RFC 9457. Who may call is the caller's to say.
 */
export function createProfilingRoutes(deps: ProfilingRoutesDeps): OpenAPIHono {
  const app = new OpenAPIHono()
  describeRoutes(app.openAPIRegistry)
  const { profiles } = deps
  app.post('/profiles', async ({ req }) => {
    const kept = await profiled(req.raw, deps)
    return Response.json(kept, { status: 201, headers: { Location: `profiles/${encodeURIComponent(kept.id)}` } })
  })
  app.get('/profiles', async (context) =>
    context.json({ profiles: await profiles.list(readListQuery(context.req.query())) }),
  )
  app.get('/profiles/schema', (context) => context.json(profileJsonSchema()))
  app.get('/profiles/:id', async (context) => context.json(await profileOf(context.req.param('id'), deps)))
  app.get('/profiles/:id/report', async ({ req }) => {
    const { reference } = readReportQuery(req.query())
    const { profile } = await profileOf(req.param('id'), deps)
    const comparison =
      reference === undefined ? undefined : compareProfiles((await profileOf(reference, deps)).profile, profile)
    return new Response(profileReport(profile, { comparison }), {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
    })
  })
  app.get('/profiles/:id/comparison', async (context) => {
    const { reference } = readComparisonQuery(context.req.query())
    const { profile } = await profileOf(context.req.param('id'), deps)
    return context.json(compareProfiles((await profileOf(reference, deps)).profile, profile))
  })
  app.notFound(({ req, res }) =>
    problemResponse(
      problem(404, 'There is no such place', `${req.method} ${req.path}: nothing is there`, 'profiling/not-found'),
      res.headers,
    ),
  )
  app.onError((error, context) => {
    const { req, res } = context
    const found = req.raw.signal.aborted
      ? problem(499, 'The client went away', 'the request was given up', 'profiling/cancelled')
      : problemOf(error)
    if (found !== undefined) return problemResponse(found, res.headers)
    // Who mounts the routes may have words for it.
    if (deps.options?.onFault === undefined) throw error
    deps.options.onFault(error)
    return problemResponse(
      problem(500, 'A fault of the server', 'see the log of the server', 'profiling/fault'),
      res.headers,
    )
  })
  return app
}

async function profiled(request: Request, deps: ProfilingRoutesDeps): Promise<KeptProfile> {
  const { table, options } = await readProfileRequest(request, deps)
  const { engine, close } = await opened(table, request.signal, deps)
  try {
    return await new RecordedProfile(deps).run({ engine, now: deps.now, signal: request.signal }, options)
  } finally {
    await close()
  }
}

function opened(
  table: ProfileRequest['table'],
  signal: AbortSignal,
  { openTable, openDataset }: ProfilingRoutesDeps,
): Promise<OpenedTable> {
  if (table.kind !== 'dataset') return openTable(table, signal)
  if (openDataset !== undefined) return openDataset(table.id, signal)
  throw new ProfilingError('profiling/invalid-options', 'no data sets are kept here: send the rows')
}

async function profileOf(id: string, { profiles }: ProfilingRoutesDeps): Promise<KeptProfile> {
  const found = await profiles.get(id)
  if (found !== undefined) return found
  throw new ProfilingError('profiling/unknown-profile', `there is no profile ${JSON.stringify(id)}`, { id })
}
