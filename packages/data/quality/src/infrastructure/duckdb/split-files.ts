import type { AskOptions } from '../../application/ports/table-engine.ts'
import {
  type FileSplit,
  reasonColumns,
  type RowCheck,
  type SplitCounts,
  type TableFormat,
} from '../../domain/row-split.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import { numberedSelection } from '../sql/row-statements.ts'
import { readerSql } from './file-source.ts'
import type { FileTable } from './file-table.ts'
import { type Dialect, loadTexts } from './original-texts.ts'

const SEPARATOR = '; '
// Neither stands unescaped in JSON, so that lines of JSON are never quoted.
const LINES = `FORMAT csv, HEADER false, DELIMITER '\u001e', QUOTE '\u001f', ESCAPE '\u001f'`

type Names = readonly [expectations: string, columns: string]

/** Writes good and bad rows to files, as the input has them. */
export async function splitFiles(table: FileTable, split: FileSplit, { signal }: AskOptions): Promise<SplitCounts> {
  const ask = (sql: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => table.query(sql, { signal })
  const { columns, format } = table
  const isJson = format === 'json' || format === 'jsonl'
  // The name that numbers have in the statements on the table is free in it.
  const { row } = numberedSelection([], table)
  await ask(badRowsSql(split.checks, table, isJson))
  const dialect = format === 'parquet' ? {} : await loadTexts(table, ask)
  const from =
    format === 'parquet'
      ? `(SELECT *, row_number() OVER () AS ${row} FROM ${readerSql(table.paths, format, false)}) AS s`
      : `(SELECT *, rowid + 1 AS ${row} FROM nomaly_texts) AS s`
  const names = reasonColumns(columns.map(({ name }) => name))
  const write = async (path: string, rows: string, reasons: Names | undefined): Promise<number> => {
    const sql = isJson
      ? jsonSql(rows, row, reasons, format === 'json')
      : cellsSql(
          rows,
          row,
          reasons,
          columns.map(({ name }) => name),
        )
    const [copied = {}] = await ask(`COPY (${sql}) TO ${duckdb.literal(path)} (${optionsOf(format, dialect)})`)
    return Number(Object.values(copied)[0] ?? 0) - (format === 'json' ? 2 : 0)
  }
  const good = `FROM ${from} WHERE s.${row} NOT IN (SELECT n FROM nomaly_bad)`
  const bad = `FROM ${from} JOIN nomaly_bad AS b ON s.${row} = b.n`
  return { good: await write(split.good, good, undefined), bad: await write(split.bad, bad, names) }
}

// The bad rows by number, with their reasons: as JSON lists, or as texts.
function badRowsSql(checks: ReadonlyArray<RowCheck>, table: FileTable, isJson: boolean): string {
  const { from, conditions, row } = numberedSelection(
    checks.map(({ where }) => where),
    table,
  )
  const told = (labels: ReadonlyArray<string>): string => {
    const cases = [...new Set(labels)].map((label) => {
      const any = conditions.filter((_, i) => labels[i] === label).map((condition) => `(${condition})`)
      return `CASE WHEN ${any.join(' OR ')} THEN ${duckdb.literal(isJson ? JSON.stringify(label) : label)} END`
    })
    if (cases.length === 0) return "''"
    const joined = `concat_ws('${isJson ? ',' : SEPARATOR}', ${cases.join(', ')})`
    return isJson ? `'[' || ${joined} || ']'` : joined
  }
  const any = conditions.length === 0 ? '1 = 0' : conditions.map((condition) => `(${condition})`).join(' OR ')
  return (
    `CREATE OR REPLACE TEMP TABLE nomaly_bad AS SELECT ${row} AS n, ${told(checks.map(({ id }) => id))} AS why, ` +
    `${told(checks.map(({ column }) => column))} AS what FROM ${from} WHERE ${any}`
  )
}

function cellsSql(rows: string, row: string, reasons: Names | undefined, columns: ReadonlyArray<string>): string {
  const cells = columns.map((name) => `s.${duckdb.quote(name)}`)
  const told =
    reasons === undefined ? [] : reasons.map((name, i) => `b.${i === 0 ? 'why' : 'what'} AS ${duckdb.quote(name)}`)
  return `SELECT ${[...cells, ...told].join(', ')} ${rows} ORDER BY s.${row}`
}

/** Lines of JSON: the row's own text, with its reasons as two more members. */
function jsonSql(rows: string, row: string, reasons: Names | undefined, isArray: boolean): string {
  const text = `translate(s.json, chr(10) || chr(13), '  ')`
  const [why, what] = (reasons ?? ['', '']).map((name) => duckdb.literal(`${JSON.stringify(name)}:`))
  const comma = `CASE WHEN regexp_full_match(trim(${text}), '\\{\\s*\\}') THEN '' ELSE ',' END`
  const line =
    reasons === undefined
      ? text
      : `regexp_replace(${text}, '\\s*\\}\\s*$', '') || ${comma} || ${why} || b.why || ',' || ${what} || b.what || '}'`
  if (!isArray) return `SELECT ${line} AS line ${rows} ORDER BY s.${row}`
  const all = `SELECT s.${row} AS n, ${line} || CASE WHEN s.${row} = max(s.${row}) OVER () THEN '' ELSE ',' END AS line ${rows}`
  return `SELECT line FROM (SELECT 0 AS n, '[' AS line UNION ALL ${all} UNION ALL SELECT 9223372036854775807, ']') ORDER BY n`
}

function optionsOf(format: TableFormat, { delimiter, header }: Dialect): string {
  if (format === 'parquet') return 'FORMAT parquet'
  if (format === 'json' || format === 'jsonl') return LINES
  const by = format === 'tsv' ? '\t' : (delimiter ?? ',')
  return `FORMAT csv, HEADER ${header === false ? 'false' : 'true'}, DELIMITER ${duckdb.literal(by)}, NULLSTR ''`
}
