import { type OpenAPIHono, z } from '@hono/zod-openapi'

import type { ResultsQuery } from '../../application/ports/results-store.ts'
import type { ImportOptions } from '../../application/suites/import-suite.ts'
import { CHECK_BODY, checked, FILE_QUERY } from './read-check-request.ts'

const listQuery = z.strictObject({
  dataset: z.string().optional(),
  suite: z.string().optional(),
  before: z.coerce
    .number()
    .optional()
    .openapi({ description: 'Only those that began earlier, in epoch milliseconds.' }),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
const suiteQuery = z.strictObject({
  version: z.coerce.number().int().min(1).optional(),
  format: z.enum(['json', 'yaml']).optional(),
})
const importQuery = z.strictObject({
  from: z.enum(['great-expectations', 'dbt', 'odcs', 'json-schema']).optional(),
  table: z.string().min(1).optional(),
  types: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})
const trendQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).optional() })

type Registry = OpenAPIHono['openAPIRegistry']
type Path = Parameters<Registry['registerPath']>[0]

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string(), line: z.int().optional(), column: z.int().optional() }))
      .optional(),
  })
  .openapi('QualityProblem')
const suite = z
  .looseObject({ name: z.string(), expectations: z.array(z.looseObject({ type: z.string() })) })
  .openapi('QualitySuite', { description: 'As docs/suite.schema.json has it; /expectations tells the arguments.' })
const keptSuite = z
  .object({ suite, version: z.int(), savedAt: z.number().openapi({ description: 'Epoch milliseconds.' }) })
  .openapi('KeptQualitySuite')
const imported = z
  .object({
    suite,
    from: z.string(),
    untranslated: z.array(z.looseObject({ reason: z.string(), weakens: z.boolean() })),
    yaml: z.string().openapi({ description: 'The suite, for people.' }),
  })
  .openapi('ImportedQualitySuite')
const result = z
  .looseObject({
    id: z.string(),
    dataset: z.string(),
    validation: z.looseObject({ success: z.boolean(), rows: z.int(), results: z.array(z.looseObject({})) }),
    score: z.looseObject({ score: z.number().nullable() }),
  })
  .openapi('QualityResult')
const summary = z
  .looseObject({ id: z.string(), dataset: z.string(), rows: z.int(), score: z.number().nullable() })
  .openapi('QualityResultSummary')

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
const name = z.object({ name: z.string() })
const id = z.object({ id: z.string() })
const file = z.string().openapi({ format: 'binary' })

const SUITE_BODY = {
  required: true,
  content: { 'application/json': { schema: suite }, 'application/yaml': { schema: z.string() } },
}
const KEPT_SUITE = {
  200: json(keptSuite, 'It was so already.'),
  201: json(keptSuite, 'It is kept.'),
  ...MALFORMED,
  413: problem('The body is too large.'),
  422: problem('The suite has faults; `errors` names each, with its line where it is a text.'),
  501: problem('YAML is not read here.'),
}

const PATHS: ReadonlyArray<Omit<Path, 'tags'>> = [
  {
    method: 'get',
    path: '/expectations',
    operationId: 'listExpectations',
    summary: 'Every kind of expectation, with a JSON Schema of its arguments',
    responses: { 200: json(z.object({ expectations: z.array(z.looseObject({ type: z.string() })) }), 'By type.') },
  },
  {
    method: 'get',
    path: '/suites',
    operationId: 'listSuites',
    summary: 'The newest version of every suite',
    responses: { 200: json(z.object({ suites: z.array(z.looseObject({ name: z.string() })) }), 'By name.') },
  },
  {
    method: 'get',
    path: '/suites/{name}',
    operationId: 'getSuite',
    summary: 'A suite',
    request: { params: name, query: suiteQuery },
    responses: {
      200: {
        description: 'The newest version, or the one asked for; in YAML the suite alone.',
        content: { 'application/json': { schema: keptSuite }, 'application/yaml': { schema: suite } },
      },
      ...MALFORMED,
      ...NONE,
      501: problem('YAML is not written here.'),
    },
  },
  {
    method: 'get',
    path: '/suites/{name}/versions',
    operationId: 'listSuiteVersions',
    summary: 'The versions of a suite',
    request: { params: name },
    responses: {
      200: json(
        z.object({ name: z.string(), versions: z.array(z.looseObject({ version: z.int() })) }),
        'Newest first.',
      ),
      ...NONE,
    },
  },
  {
    method: 'put',
    path: '/suites/{name}',
    operationId: 'putSuite',
    summary: 'Keep a suite as the next version; nothing new where nothing changed',
    request: { params: name, body: SUITE_BODY },
    responses: KEPT_SUITE,
  },
  {
    method: 'post',
    path: '/suites',
    operationId: 'postSuite',
    summary: 'Keep a suite under the name that it has',
    request: { body: SUITE_BODY },
    responses: KEPT_SUITE,
  },
  {
    method: 'post',
    path: '/imports',
    operationId: 'importSuite',
    summary: 'Make a suite of a document of Great Expectations, dbt, ODCS or JSON Schema; it is not kept',
    request: {
      query: importQuery,
      body: {
        required: true,
        content: { 'application/yaml': { schema: z.string() }, 'application/json': { schema: z.looseObject({}) } },
      },
    },
    responses: {
      200: json(imported, 'The suite, and what could not be translated.'),
      ...MALFORMED,
      413: problem('The body is too large.'),
      422: problem('It is none of these, or has faults.'),
      501: problem('Nothing is imported here.'),
    },
  },
  {
    method: 'post',
    path: '/checks',
    operationId: 'check',
    summary: 'Check rows, a kept data set or a file against a suite',
    description:
      'JSON has the rows, or the id of a data set, and a suite or its name. Any other body, or `?format=`, is a file: its suite and options are in the query.',
    request: {
      query: FILE_QUERY,
      body: {
        required: true,
        content: { 'application/json': { schema: CHECK_BODY }, 'application/octet-stream': { schema: file } },
      },
    },
    responses: {
      201: json(result, 'The result, which is kept; `Location` is where. Personal values are masked.'),
      ...MALFORMED,
      404: problem('There is no such suite, or no such data set.'),
      413: problem('The body is too large.'),
      422: problem('The data cannot be read, or the suite has faults.'),
      501: problem('A package that is needed is not installed.'),
    },
  },
  {
    method: 'get',
    path: '/results',
    operationId: 'listQualityResults',
    summary: 'Results, newest first',
    request: { query: listQuery },
    responses: {
      200: json(z.object({ results: z.array(summary) }), 'Without what each expectation found.'),
      ...MALFORMED,
    },
  },
  {
    method: 'get',
    path: '/results/{id}',
    operationId: 'getQualityResult',
    summary: 'A result',
    request: { params: id },
    responses: { 200: json(result, 'The result.'), ...NONE },
  },
  {
    method: 'get',
    path: '/results/{id}/report',
    operationId: 'getQualityReport',
    summary: 'A result as a page',
    request: { params: id },
    responses: { 200: { description: 'HTML.', content: { 'text/html': { schema: z.string() } } }, ...NONE },
  },
  {
    method: 'get',
    path: '/trends/{dataset}',
    operationId: 'getQualityTrend',
    summary: 'How a data set and each of its expectations went over its last results',
    request: { params: z.object({ dataset: z.string() }), query: trendQuery },
    responses: {
      200: json(z.looseObject({ dataset: z.string() }).openapi('QualityTrend'), 'Oldest first.'),
      ...MALFORMED,
    },
  },
]

/** How lists of results are asked for. @throws QualityError `quality/invalid-options` */
export function readListQuery(input: unknown): ResultsQuery {
  return checked(listQuery, input)
}

/** Which version of a suite, and how it is written. @throws QualityError `quality/invalid-options` */
export function readSuiteQuery(input: unknown): {
  readonly version?: number | undefined
  readonly format?: 'json' | 'yaml' | undefined
} {
  return checked(suiteQuery, input)
}

/** How a document is made into a suite. @throws QualityError `quality/invalid-options` */
export function readImportQuery(input: unknown): ImportOptions {
  return checked(importQuery, input)
}

/** How far a trend goes back. @throws QualityError `quality/invalid-options` */
export function readTrendQuery(input: unknown): { readonly limit?: number | undefined } {
  return checked(trendQuery, input)
}

/** Describes the routes for OpenAPI, by the schemas that they read with. */
export function describeRoutes(registry: Registry): void {
  for (const path of PATHS) registry.registerPath({ ...path, tags: ['Quality'] })
}
