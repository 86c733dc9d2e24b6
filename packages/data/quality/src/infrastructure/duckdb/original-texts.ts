import { QualityError } from '../../domain/errors.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import { readerSql } from './file-source.ts'
import type { FileTable } from './file-table.ts'

/** How a text file is written, as far as it is known. */
export interface Dialect {
  readonly delimiter?: string
  readonly header?: boolean
}

type Ask = (sql: string) => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>

/**
 * Loads the rows of text files letter for letter into the table `nomaly_texts`, in the same order as their values were loaded: cells
 * as texts, or each row of JSON as its text. @throws QualityError `quality/unsupported` where these are not the same rows
 */
export async function loadTexts(table: FileTable, ask: Ask): Promise<Dialect> {
  const dialect = table.format === 'csv' || table.format === 'tsv' ? await dialectOf(table, ask) : {}
  const [all = {}] = await ask(`SELECT count(*) AS n FROM ${table.source}`)
  for (const reader of readersOf(table, dialect)) {
    await ask(`CREATE OR REPLACE TABLE nomaly_texts AS SELECT * FROM ${reader}`)
    const [loaded = {}] = await ask('SELECT count(*) AS n FROM nomaly_texts')
    const described = await ask('DESCRIBE nomaly_texts')
    const names = described.map((row) => String(row['column_name'])).join('\n')
    const isJson = names === 'json'
    const isSame = isJson ? await areObjects(ask) : names === table.columns.map(({ name }) => name).join('\n')
    if (isSame && String(loaded['n']) === String(all['n'])) return dialect
  }
  throw new QualityError(
    'quality/unsupported',
    `rows of ${table.paths.join(', ')} are not split: their texts could not be told apart row by row`,
    { engine: 'duckdb' },
  )
}

function readersOf({ paths, format }: FileTable, { delimiter, header }: Dialect): ReadonlyArray<string> {
  const list = `[${paths.map((path) => duckdb.literal(path)).join(', ')}]`
  if (format === 'jsonl') return [`read_json_objects(${list}, format = 'newline_delimited')`]
  if (format === 'json')
    return [`read_json_objects(${list}, format = 'auto')`, `read_json_objects(${list}, format = 'array')`]
  const plain = readerSql(paths, format, false).replace(/\)$/, ', all_varchar = true)')
  const stated = [
    ...(header === undefined ? [] : [`header = ${String(header)}`]),
    ...(delimiter === undefined || format === 'tsv' ? [] : [`delim = ${duckdb.literal(delimiter)}`]),
  ]
  return stated.length === 0 ? [plain] : [plain.replace(/\)$/, `, ${stated.join(', ')})`), plain]
}

async function areObjects(ask: Ask): Promise<boolean> {
  const [other = {}] = await ask("SELECT count(*) AS n FROM nomaly_texts WHERE NOT (ltrim(json) LIKE '{%')")
  return String(other['n']) === '0'
}

async function dialectOf({ paths }: FileTable, ask: Ask): Promise<Dialect> {
  try {
    const [found] = await ask(`SELECT Delimiter, HasHeader FROM sniff_csv(${duckdb.literal(paths[0] ?? '')})`)
    if (found === undefined) return {}
    return { delimiter: String(found['Delimiter']), header: found['HasHeader'] === true }
  } catch (error) {
    // What the reader took and the sniffer refuses: the reader's defaults.
    if (QualityError.is(error) && error.code !== 'quality/cancelled') return {}
    throw error
  }
}
