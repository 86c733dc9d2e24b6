import { Hono } from 'hono'
import { z } from 'zod'

import type { KeptProfile } from '../../application/ports/profiles-store.ts'
import { profileJsonSchema } from '../../application/profile-document.ts'
import { RecordedProfile } from '../../application/recorded-profile.ts'
import { compareProfiles } from '../../domain/comparison/compare-profiles.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { profileReport } from '../report/profile-report.ts'
import { problem, problemOf, problemResponse } from './problem.ts'
import { checked, readProfileRequest } from './read-profile-request.ts'
import type { ProfilingRoutesDeps } from './routes-deps.ts'

const listQuery = z.strictObject({
  source: z.string().optional(),
  before: z.coerce.number().optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
const reportQuery = z.strictObject({ reference: z.string().optional() })

/**
 * Profiles, their reports and comparisons over HTTP, to be mounted under a path of the caller's: `/profiles`, `/profiles/schema`,
 * `/profiles/:id`, `/profiles/:id/report`, `/profiles/:id/comparison?reference=id`. Personal values are masked. Errors are problems of
 * RFC 9457. Who may call is the caller's to say.
 */
export function createProfilingRoutes(deps: ProfilingRoutesDeps): Hono {
  const app = new Hono()
  const { profiles } = deps
  app.post('/profiles', async ({ req }) => {
    const kept = await profiled(req.raw, deps)
    return Response.json(kept, { status: 201, headers: { Location: `profiles/${encodeURIComponent(kept.id)}` } })
  })
  app.get('/profiles', async (context) =>
    context.json({ profiles: await profiles.list(checked(listQuery, context.req.query())) }),
  )
  app.get('/profiles/schema', (context) => context.json(profileJsonSchema()))
  app.get('/profiles/:id', async (context) => context.json(await profileOf(context.req.param('id'), deps)))
  app.get('/profiles/:id/report', async ({ req }) => {
    const { reference } = checked(reportQuery, req.query())
    const { profile } = await profileOf(req.param('id'), deps)
    const comparison =
      reference === undefined ? undefined : compareProfiles((await profileOf(reference, deps)).profile, profile)
    return new Response(profileReport(profile, { comparison }), {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
    })
  })
  app.get('/profiles/:id/comparison', async (context) => {
    const { reference } = checked(z.strictObject({ reference: z.string() }), context.req.query())
    const { profile } = await profileOf(context.req.param('id'), deps)
    return context.json(compareProfiles((await profileOf(reference, deps)).profile, profile))
  })
  app.notFound(({ req }) =>
    problemResponse(
      problem(404, 'There is no such place', `${req.method} ${req.path}: nothing is there`, 'profiling/not-found'),
    ),
  )
  app.onError((error, { req }) => {
    const found = req.raw.signal.aborted
      ? problem(499, 'The client went away', 'the request was given up', 'profiling/cancelled')
      : problemOf(error)
    if (found !== undefined) return problemResponse(found)
    deps.options?.onFault?.(error)
    return problemResponse(problem(500, 'A fault of the server', 'see the log of the server', 'profiling/fault'))
  })
  return app
}

async function profiled(request: Request, deps: ProfilingRoutesDeps): Promise<KeptProfile> {
  const { table, options } = await readProfileRequest(request, deps)
  const { engine, close } = await deps.openTable(table, request.signal)
  try {
    return await new RecordedProfile(deps).run({ engine, now: deps.now, signal: request.signal }, options)
  } finally {
    await close()
  }
}

async function profileOf(id: string, { profiles }: ProfilingRoutesDeps): Promise<KeptProfile> {
  const found = await profiles.get(id)
  if (found !== undefined) return found
  throw new ProfilingError('profiling/unknown-profile', `there is no profile ${JSON.stringify(id)}`, { id })
}
