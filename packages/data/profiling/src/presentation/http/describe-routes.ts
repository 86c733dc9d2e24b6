import { type OpenAPIHono, z } from '@hono/zod-openapi'

import type { ProfilesQuery } from '../../application/ports/profiles-store.ts'
import { checked, FILE_QUERY, PROFILE_BODY } from './read-profile-request.ts'

const listQuery = z.strictObject({
  source: z.string().optional(),
  before: z.coerce
    .number()
    .optional()
    .openapi({ description: 'Only those that were made earlier, in epoch milliseconds.' }),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
const reportQuery = z.strictObject({ reference: z.string().optional() })
const comparisonQuery = z.strictObject({ reference: z.string() })

type Registry = OpenAPIHono['openAPIRegistry']
type Path = Parameters<Registry['registerPath']>[0]

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('ProfilingProblem')
const kept = z
  .object({
    id: z.string(),
    profile: z.looseObject({ source: z.string(), rows: z.int() }).openapi('Profile', {
      description: 'As /profiles/schema has it.',
    }),
  })
  .openapi('KeptProfile')
const summary = z.looseObject({ id: z.string(), source: z.string(), rows: z.int() }).openapi('ProfileSummary')

const json = (schema: z.ZodType, description: string): Path['responses'][string] => ({
  description,
  content: { 'application/json': { schema } },
})
const problem = (description: string): Path['responses'][string] => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
const MALFORMED = { 400: problem('The request is malformed.') }
const NONE = { 404: problem('There is none.') }
const id = z.object({ id: z.string() })

const PATHS: ReadonlyArray<Omit<Path, 'tags'>> = [
  {
    method: 'post',
    path: '/profiles',
    operationId: 'profile',
    summary: 'Profile rows, a kept data set or a file',
    description:
      'JSON has the rows, or the id of a data set. Any other body, or `?format=`, is a file, with its options in the query.',
    request: {
      query: FILE_QUERY,
      body: {
        required: true,
        content: {
          'application/json': { schema: PROFILE_BODY },
          'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
        },
      },
    },
    responses: {
      201: json(kept, 'The profile, which is kept; `Location` is where. Personal values are masked.'),
      ...MALFORMED,
      404: problem('There is no such data set.'),
      413: problem('The body is too large.'),
      422: problem('The data cannot be read.'),
      501: problem('A package that is needed is not installed.'),
    },
  },
  {
    method: 'get',
    path: '/profiles',
    operationId: 'listProfiles',
    summary: 'Profiles, newest first',
    request: { query: listQuery },
    responses: { 200: json(z.object({ profiles: z.array(summary) }), 'Summaries.'), ...MALFORMED },
  },
  {
    method: 'get',
    path: '/profiles/schema',
    operationId: 'getProfileSchema',
    summary: 'The JSON Schema of a profile',
    responses: { 200: json(z.looseObject({}), 'Draft 2020-12.') },
  },
  {
    method: 'get',
    path: '/profiles/{id}',
    operationId: 'getProfile',
    summary: 'A profile',
    request: { params: id },
    responses: { 200: json(kept, 'The profile.'), ...NONE },
  },
  {
    method: 'get',
    path: '/profiles/{id}/report',
    operationId: 'getProfileReport',
    summary: 'A profile as a page, with its drift against a reference',
    request: { params: id, query: reportQuery },
    responses: {
      200: { description: 'HTML.', content: { 'text/html': { schema: z.string() } } },
      ...MALFORMED,
      ...NONE,
    },
  },
  {
    method: 'get',
    path: '/profiles/{id}/comparison',
    operationId: 'compareProfiles',
    summary: 'What drifted since a reference',
    request: { params: id, query: comparisonQuery },
    responses: {
      200: json(z.looseObject({ drifted: z.int(), tested: z.int() }).openapi('ProfileComparison'), 'By column.'),
      ...MALFORMED,
      ...NONE,
    },
  },
]

/** How lists of profiles are asked for. @throws ProfilingError `profiling/invalid-options` */
export function readListQuery(input: unknown): ProfilesQuery {
  return checked(listQuery, input)
}

/** What a report compares with. @throws ProfilingError `profiling/invalid-options` */
export function readReportQuery(input: unknown): { readonly reference?: string | undefined } {
  return checked(reportQuery, input)
}

/** What a comparison compares with. @throws ProfilingError `profiling/invalid-options` */
export function readComparisonQuery(input: unknown): { readonly reference: string } {
  return checked(comparisonQuery, input)
}

/** Describes the routes for OpenAPI, by the schemas that they read with. */
export function describeRoutes(registry: Registry): void {
  for (const path of PATHS) registry.registerPath({ ...path, tags: ['Profiling'] })
}
