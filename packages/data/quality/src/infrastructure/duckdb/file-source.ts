import { QualityError } from '../../domain/errors.ts'

/** How files are read, by their names. */
export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet'

const FORMATS: ReadonlyArray<readonly [RegExp, FileFormat]> = [
  [/\.(csv|txt)(\.gz|\.zst)?$/i, 'csv'],
  [/\.(tsv|tab)(\.gz|\.zst)?$/i, 'tsv'],
  [/\.(jsonl|ndjson)(\.gz|\.zst)?$/i, 'jsonl'],
  [/\.json(\.gz|\.zst)?$/i, 'json'],
  [/\.(parquet|pq)$/i, 'parquet'],
]

/** The format by the name of a file or glob. @throws QualityError `quality/unreadable-data` for an unknown ending */
export function formatOf(path: string): FileFormat {
  const format = FORMATS.find(([pattern]) => pattern.test(path))?.[1]
  if (format !== undefined) return format
  throw new QualityError(
    'quality/unreadable-data',
    `${JSON.stringify(path)} does not end in .csv, .tsv, .json, .jsonl or .parquet: say the format`,
    { path },
  )
}

/** The table function that reads these files. `allRows`: types of text files are taken from every row, not the first 20,480. */
export function readerSql(paths: ReadonlyArray<string>, format: FileFormat, allRows: boolean): string {
  const list = `[${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ')}]`
  const sniffed = allRows ? ', sample_size = -1' : ''
  if (format === 'parquet') return `read_parquet(${list}, union_by_name = true)`
  if (format === 'jsonl') return `read_json(${list}, format = 'newline_delimited', union_by_name = true${sniffed})`
  if (format === 'json') return `read_json(${list}, union_by_name = true${sniffed})`
  return `read_csv(${list}, union_by_name = true, allow_quoted_nulls = false${format === 'tsv' ? ", delim = '\t'" : ''}${sniffed})`
}
