import { z } from 'zod'

import type { ProfileOptions } from '../../application/profile-options.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { bodyBytes, bodyJson, isJson } from './request-body.ts'
import type { ProfilingRoutesDeps, UploadedTable, UploadFormat } from './routes-deps.ts'

const MOST_JSON = 64 * 2 ** 20
const MOST_FILE = 16 * 2 ** 30

const names = z.array(z.string().min(1)).min(1)
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const fileQuery = z.strictObject({
  source: z.string().min(1).optional(),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']).optional(),
  columns: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(names)
    .optional(),
  sketches: flag.optional(),
  correlations: flag.optional(),
  seed: z.coerce.number().int().min(0).optional(),
})
const profileBody = z.strictObject({
  source: z.string().min(1).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).optional(),
  datasetId: z.string().min(1).optional().describe('a kept data set, instead of rows'),
  columns: names.optional(),
  sketches: z.boolean().optional(),
  correlations: z.boolean().optional(),
  seed: z.int().min(0).optional(),
})

/** What a file is profiled by, for descriptions. */
export const FILE_QUERY: z.ZodObject = fileQuery
/** What rows, or a kept data set, are profiled by, for descriptions. */
export const PROFILE_BODY: z.ZodObject = profileBody

/** What a request to profile asks for. */
export interface ProfileRequest {
  readonly table: UploadedTable | { readonly kind: 'dataset'; readonly id: string }
  readonly options: Partial<ProfileOptions>
}

/**
 * Reads `POST /profiles`: rows in JSON, `{ "rows": [...], "source"?: ... }`, or a kept data set's `datasetId` instead of them, or a file as the body.
 * @throws ProfilingError `profiling/invalid-options`
 */
export async function readProfileRequest(
  request: Request,
  { options }: Pick<ProfilingRoutesDeps, 'options'>,
): Promise<ProfileRequest> {
  const parameters = Object.fromEntries(new URL(request.url).searchParams)
  if (isJson(request) && parameters['format'] === undefined) {
    const { rows, datasetId, ...asked } = checked(
      profileBody,
      await bodyJson(request, options?.maxJsonBytes ?? MOST_JSON),
    )
    return { table: tableOf(rows, datasetId), options: optionsOf({ source: datasetId ?? 'rows', ...asked }) }
  }
  const { format, ...asked } = checked(fileQuery, parameters)
  const table: UploadedTable = {
    kind: 'file',
    format: format ?? formatOf(request.headers.get('content-type'), asked.source ?? ''),
    bytes: bodyBytes(request, options?.maxFileBytes ?? MOST_FILE),
  }
  return { table, options: optionsOf({ source: 'upload', ...asked }) }
}

/** Options as they were asked for. @throws ProfilingError `profiling/invalid-options`, with `details.issues` */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new ProfilingError('profiling/invalid-options', text, { issues })
}

function tableOf(
  rows: ReadonlyArray<Readonly<Record<string, unknown>>> | undefined,
  id: string | undefined,
): ProfileRequest['table'] {
  if (rows !== undefined && id === undefined) return { kind: 'rows', rows }
  if (rows === undefined && id !== undefined) return { kind: 'dataset', id }
  throw new ProfilingError('profiling/invalid-options', 'give "rows" or a "datasetId", one of the two', {
    issues: [{ path: 'rows', message: 'rows or datasetId, one of the two' }],
  })
}

// What was not asked for is not there, so that defaults hold.
function optionsOf(asked: Readonly<Record<string, unknown>>): Partial<ProfileOptions> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

const BY_TYPE: Readonly<Record<string, UploadFormat>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'application/vnd.apache.parquet': 'parquet',
}

function formatOf(type: string | null, name: string): UploadFormat {
  const byType = BY_TYPE[type?.split(';')[0]?.trim().toLowerCase() ?? '']
  if (byType !== undefined) return byType
  const [, ending = ''] = /\.([a-z]+)$/i.exec(name) ?? []
  const found = (['csv', 'tsv', 'json', 'jsonl', 'parquet'] as const).find((format) => format === ending.toLowerCase())
  if (found !== undefined) return found
  throw new ProfilingError(
    'profiling/invalid-options',
    'say what the body is: ?format=csv, tsv, json, jsonl or parquet',
    {
      issues: [{ path: 'format', message: 'csv, tsv, json, jsonl or parquet' }],
    },
  )
}
