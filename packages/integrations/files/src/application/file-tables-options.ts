import { z } from 'zod'

import { FilesError } from '../domain/errors.ts'
import type { TableSource } from '../domain/table.ts'

/** How tables are read, for every table that is opened. */
export interface FileTablesOptions {
  /** Whether the first row of CSV, TSV or JSON arrays holds names; `auto` (default): unless all of it are numbers. */
  readonly header?: boolean | 'auto' | undefined
  /** One character. Default: a tab for TSV, else found in the first rows among `,` `;` tab and `|`. */
  readonly delimiter?: string | undefined
  /** Tokens that stand for a missing value, beside pandas' (empty, NA, N/A, NaN, null, None ...). */
  readonly missing?: ReadonlyArray<string> | undefined
  /** Rows in a batch, 1 to 1,048,576; default 16,384. */
  readonly batchRows?: number | undefined
  /** Rows that decide whether a column is numeric, 1 to 1,000,000; default 1,000. */
  readonly sampleRows?: number | undefined
  /**
   * Threads that read one CSV, TSV or Parquet file, 1 to 64; default 1. The rows are the same. More than one are used where
   * they pay: on an uncompressed text of four parts or more, on Parquet from 8 MiB on, at least half of the columns numbers.
   */
  readonly threads?: number | undefined
  /** Bytes that a thread reads at a time, 64 to 1,073,741,824; default 2,097,152. */
  readonly partBytes?: number | undefined
  /** What the path `-` reads. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined
}

/** Options with their defaults filled in. */
export interface ParsedFileTablesOptions {
  readonly header: boolean | 'auto'
  readonly delimiter: string | undefined
  readonly missing: ReadonlyArray<string>
  readonly batchRows: number
  readonly sampleRows: number
  readonly threads: number
  readonly partBytes: number
  readonly stdin: AsyncIterable<Uint8Array | string> | undefined
}

const optionsSchema = z.strictObject({
  header: z.union([z.boolean(), z.literal('auto')]).default('auto'),
  delimiter: z
    .string()
    .regex(/^[^"\r\n\0]$/u, 'must be one character, and no quote or line break')
    .optional(),
  missing: z.array(z.string()).default([]),
  batchRows: z.int().min(1).max(1_048_576).default(16_384),
  sampleRows: z.int().min(1).max(1_000_000).default(1_000),
  threads: z.int().min(1).max(64).default(1),
  partBytes: z.int().min(64).max(1_073_741_824).default(2_097_152),
  stdin: z.custom<AsyncIterable<Uint8Array | string>>(isAsyncIterable, 'must be a readable stream').optional(),
})

const sourceSchema = z.strictObject({
  path: z.string().min(1, 'must name a file, or be "-" for the standard input'),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']).optional(),
  columns: z.array(z.string()).min(1, 'must name at least one column').optional(),
  brief: z.boolean().optional(),
  signal: z.instanceof(AbortSignal).optional(),
}) satisfies z.ZodType<TableSource>

/** Reads untrusted options. @throws FilesError `files/invalid-options`, with `details.issues`. */
export function parseFileTablesOptions(input: unknown): ParsedFileTablesOptions {
  const parsed = optionsSchema.safeParse(input ?? {})
  if (!parsed.success) throw invalid('options', parsed.error)
  return { ...parsed.data, delimiter: parsed.data.delimiter, stdin: parsed.data.stdin }
}

/** Reads an untrusted source. @throws FilesError `files/invalid-options`, with `details.issues`. */
export function parseTableSource(input: unknown): TableSource {
  const parsed = sourceSchema.safeParse(input)
  if (!parsed.success) throw invalid('source', parsed.error)
  return parsed.data
}

function invalid(what: string, error: z.ZodError): FilesError {
  const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const text = issues.map(({ path, message }) => `${path === '' ? what : path}: ${message}`).join('; ')
  return new FilesError('files/invalid-options', `the ${what} cannot be used: ${text}`, { issues })
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
