import type { ArrowTableLike } from '@nomaly/data-profiling'
import type { TableFormat } from '@nomaly/integration-files'

import { BasicDataConfigurationError } from '../options.ts'

/** Files of one format. */
export interface FileSource {
  /** Files or globs. */
  readonly paths: ReadonlyArray<string>
  /** Default: by the ending of the first path. */
  readonly format?: TableFormat | undefined
}

/** A table or view of PostgreSQL. */
export interface DatabaseSource {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  /** With its schema where it is not on the search path. */
  readonly table: string | readonly [schema: string, table: string]
}

/** Rows in memory. */
export type Records = ReadonlyArray<Readonly<Record<string, unknown>>>

/** A table: the path or glob of files, files with their format, a table of a database, records, or an Apache Arrow table. */
export type DataSource = string | FileSource | DatabaseSource | Records | ArrowTableLike

/** Which kind of source that is. @throws BasicDataConfigurationError `configuration-data-basic/invalid-source` */
export function kindOfSource(
  source: DataSource,
):
  | { readonly kind: 'files'; readonly source: FileSource }
  | { readonly kind: 'database'; readonly source: DatabaseSource }
  | { readonly kind: 'records'; readonly source: Records }
  | { readonly kind: 'arrow'; readonly source: ArrowTableLike } {
  if (typeof source === 'string') return { kind: 'files', source: { paths: [source] } }
  // An array's members are its own; `in` tells the others apart.
  if (isRecords(source)) return { kind: 'records', source }
  if (typeof source === 'object' && source !== null) {
    if ('paths' in source) return { kind: 'files', source }
    if ('url' in source) return { kind: 'database', source }
    if ('numRows' in source) return { kind: 'arrow', source }
  }
  throw new BasicDataConfigurationError(
    'configuration-data-basic/invalid-source',
    'a table is a path, { paths }, { url, table }, a list of records, or an Apache Arrow table',
  )
}

function isRecords(source: DataSource): source is Records {
  return Array.isArray(source)
}
