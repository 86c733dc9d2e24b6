import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { AskOptions, TableEngine } from '../../application/ports/table-engine.ts'
import type { Cell, TableColumn } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { ALWAYS } from '../../domain/predicate.ts'
import { type FileSplit, reasonColumns, type RowCheck, type SplitCounts } from '../../domain/row-split.ts'
import { parquetBytes } from './parquet-bytes.ts'
import { delimitedLines, jsonRows, type RowText } from './row-text.ts'

type Row = ReadonlyArray<Cell>

/** Asks an engine for all rows and writes them apart. */
export async function writeSplit(engine: TableEngine, files: FileSplit, { signal }: AskOptions): Promise<SplitCounts> {
  const columns = await engine.columns({ signal })
  const nested = columns.find(({ kind }) => kind === 'other')
  if (nested !== undefined) {
    throw new QualityError(
      'quality/unsupported',
      `rows are not split: column ${JSON.stringify(nested.name)} holds ${nested.physicalType}, which only DuckDB can write`,
      { column: nested.name, engine: engine.name },
    )
  }
  const names = columns.map(({ name }) => name)
  const flags = files.checks.map(({ where }) => where)
  const [answer] = await engine.measure([{ kind: 'rows', columns: names, where: ALWAYS, flags }], { signal })
  const rows = Array.isArray(answer) ? answer.filter((row): row is Row => Array.isArray(row)) : []
  const good = rows.filter((row) => failedOf(row, columns, files.checks).length === 0)
  const bad = rows.filter((row) => failedOf(row, columns, files.checks).length > 0)
  await writeRows(files.good, good, columns, files)
  await writeRows(files.bad, bad, columns, files, (row) => failedOf(row, columns, files.checks))
  return { good: good.length, bad: bad.length }
}

function failedOf(
  row: Row,
  columns: ReadonlyArray<TableColumn>,
  checks: ReadonlyArray<RowCheck>,
): ReadonlyArray<RowCheck> {
  return checks.filter((_, i) => row[columns.length + i] === true)
}

async function writeRows(
  path: string,
  rows: ReadonlyArray<Row>,
  columns: ReadonlyArray<TableColumn>,
  { format }: FileSplit,
  failed?: (row: Row) => ReadonlyArray<RowCheck>,
): Promise<void> {
  const reasons = failed === undefined ? [] : reasonColumns(columns.map(({ name }) => name))
  const text: RowText = {
    columns,
    reasons,
    rows,
    reasonsOf: (row) => {
      const checks = failed?.(row) ?? []
      return [[...new Set(checks.map(({ id }) => id))], [...new Set(checks.map(({ column }) => column))]]
    },
  }
  if (format === 'parquet') await writeFile(path, await parquetBytes(text))
  else {
    const lines =
      format === 'csv' || format === 'tsv'
        ? delimitedLines(text, format === 'csv' ? ',' : '\t')
        : jsonRows(text, format === 'json')
    await pipeline(Readable.from(lines), createWriteStream(path))
  }
}
