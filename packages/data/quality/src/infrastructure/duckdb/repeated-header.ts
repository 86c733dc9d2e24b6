import { QualityError } from '../../domain/errors.ts'
import type { RunQuery, SqlRow } from '../sql/run-query.ts'

/**
 * Refuses a CSV file whose header has a name twice: DuckDB would give the second another one, and the suite's expectation would be
 * judged by the first. Of several files the first one is looked at. @throws QualityError `quality/unreadable-data`
 */
export async function assertDifferentNames(
  paths: ReadonlyArray<string>,
  columns: ReadonlyArray<string>,
  query: RunQuery,
): Promise<void> {
  // The second `a` is named `a_1`: other files need no second look.
  const known = new Set(columns)
  if (!columns.some((column) => known.has(column.replace(/_\d+$/, '')) && /_\d+$/.test(column))) return
  const path = paths[0] ?? ''
  const ask = (sql: string): Promise<ReadonlyArray<SqlRow>> => query(sql, { signal: undefined })
  const name = `'${path.replaceAll("'", "''")}'`
  const [sniffed] = await ask(`SELECT HasHeader, Delimiter, SkipRows FROM sniff_csv(${name})`).catch(unknown)
  if (sniffed?.['HasHeader'] !== true) return
  const delimiter = String(sniffed['Delimiter']).replaceAll("'", "''")
  const options = `header = false, all_varchar = true, delim = '${delimiter}', skip = ${Number(sniffed['SkipRows'])}`
  const [first] = await ask(`SELECT * FROM read_csv(${name}, ${options}) LIMIT 1`).catch(unknown)
  const names = Object.values(first ?? {}).filter((value) => value !== null)
  const repeated = names.find((value, i) => names.indexOf(value) !== i)
  if (repeated === undefined) return
  throw new QualityError(
    'quality/unreadable-data',
    `${path}: the header has the name ${JSON.stringify(repeated)} twice; every column needs a name of its own`,
    { path, column: repeated },
  )
}

// What the reader took and the sniffer does not, has a header that cannot be looked at.
function unknown(error: unknown): ReadonlyArray<SqlRow> {
  if (QualityError.is(error) && error.code !== 'quality/cancelled') return []
  throw error
}
