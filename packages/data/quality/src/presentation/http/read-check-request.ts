import { z } from 'zod'

import { catalogueEntry } from '../../application/catalogue/catalogue.ts'
import { parseSuiteData } from '../../application/suites/suite-document.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Expectation, Suite } from '../../domain/expectation.ts'
import type { TableFormat } from '../../domain/row-split.ts'
import { bodyBytes, bodyJson, isJson } from './request-body.ts'
import type { QualityRoutesDeps, UploadedTable } from './routes-deps.ts'

const MOST_JSON = 64 * 2 ** 20
const MOST_FILE = 16 * 2 ** 30

const names = z.array(z.string().min(1))
const shared = {
  dataset: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  resultFormat: z.enum(['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE']).optional(),
}
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const fileQuery = z.strictObject({
  ...shared,
  suite: z.string().min(1),
  version: z.coerce.number().int().min(1).optional(),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']).optional(),
  keys: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(names)
    .optional(),
  unmask: flag.optional(),
})
const checkBody = z.strictObject({
  ...shared,
  suite: z.union([z.string().min(1), z.record(z.string(), z.unknown())]),
  version: z.int().min(1).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).optional(),
  datasetId: z.string().min(1).optional().describe('a kept data set, instead of rows'),
  keys: names.optional(),
  unmask: z.boolean().optional(),
})

/** What a file is checked by, for descriptions. */
export const FILE_QUERY: z.ZodObject = fileQuery.partial()
/** What rows, or a kept data set, are checked by, for descriptions. */
export const CHECK_BODY: z.ZodObject = checkBody

/** What a request to check asks for. */
export interface CheckRequest {
  readonly suite: Suite
  readonly table: UploadedTable | { readonly kind: 'dataset'; readonly id: string }
  readonly source: string
  readonly dataset: string
  readonly keyColumns: ReadonlyArray<string>
  readonly resultFormat?: 'BOOLEAN_ONLY' | 'BASIC' | 'SUMMARY' | 'COMPLETE'
  readonly unmask: boolean
}

/**
 * Reads `POST /checks`: rows in JSON, `{ "suite": name or suite, "rows": [...] }`, or a kept data set's `datasetId` instead of them, or a file as the body with `?suite=name`.
 * @throws QualityError `quality/invalid-options`, `quality/unknown-suite`, `quality/invalid-suite`
 */
export async function readCheckRequest(request: Request, deps: QualityRoutesDeps): Promise<CheckRequest> {
  const parameters = Object.fromEntries(new URL(request.url).searchParams)
  if (isJson(request) && parameters['format'] === undefined) {
    const asked = checked(checkBody, await bodyJson(request, deps.options?.maxJsonBytes ?? MOST_JSON))
    const suite =
      typeof asked.suite === 'string' ? await kept(asked.suite, asked.version, deps) : parseSuiteData(asked.suite)
    const table = tableOf(asked)
    return requestOf(suite, table, table.kind === 'dataset' ? table.id : 'rows', asked, deps)
  }
  const asked = checked(fileQuery, parameters)
  const table: UploadedTable = {
    kind: 'file',
    format: asked.format ?? formatOf(request.headers.get('content-type'), asked.source ?? ''),
    bytes: bodyBytes(request, deps.options?.maxFileBytes ?? MOST_FILE),
  }
  return requestOf(await kept(asked.suite, asked.version, deps), table, 'upload', asked, deps)
}

/** A suite out of a request. @throws QualityError `quality/invalid-suite`, also for statements where they are not allowed */
export function allowedSuite(suite: Suite, { options }: Pick<QualityRoutesDeps, 'options'>): Suite {
  const bad = options?.allowStatements === true ? undefined : suite.expectations.find(hasStatement)
  if (bad === undefined) return suite
  throw new QualityError('quality/invalid-suite', `${bad.type}: suites with statements of SQL are not taken here`, {
    expectation: bad.type,
  })
}

/** Options as they were asked for. @throws QualityError `quality/invalid-options`, with `details.issues` */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new QualityError('quality/invalid-options', text, { issues })
}

/** A suite that was kept. @throws QualityError `quality/unknown-suite` */
async function kept(name: string, version: number | undefined, { suites }: QualityRoutesDeps): Promise<Suite> {
  const found = await suites.get(name, version)
  if (found !== undefined) return found.suite
  const which = version === undefined ? '' : ` of version ${version}`
  throw new QualityError('quality/unknown-suite', `there is no suite ${JSON.stringify(name)}${which}`, {
    name,
    version,
  })
}

function tableOf({ rows, datasetId }: z.infer<typeof checkBody>): CheckRequest['table'] {
  if (rows !== undefined && datasetId === undefined) return { kind: 'rows', rows }
  if (rows === undefined && datasetId !== undefined) return { kind: 'dataset', id: datasetId }
  throw new QualityError('quality/invalid-options', 'give "rows" or a "datasetId", one of the two', {
    issues: [{ path: 'rows', message: 'rows or datasetId, one of the two' }],
  })
}

function requestOf(
  suite: Suite,
  table: CheckRequest['table'],
  source: string,
  asked: Pick<z.infer<typeof checkBody>, 'source' | 'dataset' | 'keys' | 'resultFormat' | 'unmask'>,
  deps: QualityRoutesDeps,
): CheckRequest {
  return {
    suite: allowedSuite(suite, deps),
    table,
    source: asked.source ?? source,
    dataset: asked.dataset ?? suite.name,
    keyColumns: asked.keys ?? [],
    unmask: asked.unmask ?? false,
    ...(asked.resultFormat === undefined ? {} : { resultFormat: asked.resultFormat }),
  }
}

function hasStatement({ type, kwargs }: Pick<Expectation, 'type' | 'kwargs'>): boolean {
  if (catalogueEntry(type).family === 'query') return true
  const inner = kwargs['expectation']
  if (typeof inner !== 'object' || inner === null || !('type' in inner)) return false
  return hasStatement({ type: String(inner.type), kwargs: 'kwargs' in inner ? Object(inner.kwargs) : {} })
}

const BY_TYPE: Readonly<Record<string, TableFormat>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'application/vnd.apache.parquet': 'parquet',
}

function formatOf(type: string | null, name: string): TableFormat {
  const byType = BY_TYPE[type?.split(';')[0]?.trim().toLowerCase() ?? '']
  if (byType !== undefined) return byType
  const [, ending = ''] = /\.([a-z]+)$/i.exec(name) ?? []
  const found = (['csv', 'tsv', 'json', 'jsonl', 'parquet'] as const).find((format) => format === ending.toLowerCase())
  if (found !== undefined) return found
  throw new QualityError('quality/invalid-options', 'say what the body is: ?format=csv, tsv, json, jsonl or parquet', {
    issues: [{ path: 'format', message: 'csv, tsv, json, jsonl or parquet' }],
  })
}
