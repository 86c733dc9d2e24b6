import type { FilesError } from '../domain/errors.ts'
import { errorAt } from '../domain/place.ts'
import type { TableFormat } from '../domain/table.ts'
import { isParquet } from './bytes/head.ts'

const EXTENSIONS: ReadonlyMap<string, TableFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['tab', 'tsv'],
  ['json', 'json'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['parquet', 'parquet'],
  ['pq', 'parquet'],
])

/** The format that a file's name tells, before a `.gz` too; undefined when it tells none. */
export function formatOfName(path: string): TableFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(path.toLowerCase().replace(/\.gz$/, ''))?.[1]
  return extension === undefined ? undefined : EXTENSIONS.get(extension)
}

/**
 * The format that the first bytes tell. Of a file without a telling name only Parquet and JSON are recognised; the standard
 * input is CSV when it is neither.
 * @throws FilesError `files/unknown-format`
 */
export function sniffFormat(path: string, head: Uint8Array): TableFormat {
  if (isParquet(head)) return 'parquet'
  const start = new TextDecoder().decode(head).trimStart()
  if (start.startsWith('[')) return 'json'
  if (start.startsWith('{')) return /^\{\s*"(?:columns|index|data)"\s*:\s*\[/.test(start) ? 'json' : 'jsonl'
  if (path === '-') return 'csv'
  throw unknownFormat(path)
}

function unknownFormat(path: string): FilesError {
  const known = [...EXTENSIONS.keys()].map((extension) => `.${extension}`).join(', ')
  return errorAt(
    'files/unknown-format',
    { path },
    `neither its name nor its beginning tells the format; name it ${known} (also .gz), or say the "format"`,
  )
}
