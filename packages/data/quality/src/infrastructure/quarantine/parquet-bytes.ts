import type * as hyparquetWriter from 'hyparquet-writer'

import type { Cell, TableColumn } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { REASON_SEPARATOR, type RowText } from './row-text.ts'

/**
 * A Parquet file. Whole numbers are 64 bits, times milliseconds in UTC, days and decimals texts. @throws QualityError `quality/missing-package`
 */
export async function parquetBytes({ columns, reasons, rows, reasonsOf }: RowText): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await loadWriter()
  const of = (
    type: hyparquetWriter.ColumnSource['type'],
    name: string,
    data: Array<unknown>,
  ): hyparquetWriter.ColumnSource => ({
    name,
    data,
    ...(type === undefined ? {} : { type }),
  })
  const buffer = parquetWriteBuffer({
    columnData: [
      ...columns.map((column, i) =>
        of(
          typeOf(column),
          column.name,
          rows.map((row) => valueOf(row[i] ?? null, column)),
        ),
      ),
      ...reasons.map((name, i) =>
        of(
          'STRING',
          name,
          rows.map((row) => (reasonsOf(row)[i] ?? []).join(REASON_SEPARATOR)),
        ),
      ),
    ],
  })
  return new Uint8Array(buffer)
}

function typeOf({ kind }: TableColumn): NonNullable<hyparquetWriter.ColumnSource['type']> {
  switch (kind) {
    case 'integer':
      return 'INT64'
    case 'float':
      return 'DOUBLE'
    case 'boolean':
      return 'BOOLEAN'
    case 'timestamp':
      return 'TIMESTAMP'
    case 'date':
    case 'decimal':
    case 'text':
    case 'other':
      return 'STRING'
  }
}

function valueOf(cell: Cell, { kind }: TableColumn): unknown {
  if (cell === null) return null
  if (kind === 'integer') return BigInt(cell)
  if (kind === 'timestamp') return new Date(Number(cell) / 1000)
  if (kind === 'date') return new Date(Number(cell) / 1000).toISOString().slice(0, 10)
  return kind === 'decimal' ? String(cell) : cell
}

async function loadWriter(): Promise<typeof hyparquetWriter> {
  try {
    return await import('hyparquet-writer')
  } catch (error) {
    const install = 'npm install @duckdb/node-api'
    throw new QualityError(
      'quality/missing-package',
      `writing Parquet needs a package: run \`${install}\`, or \`npm install hyparquet-writer\` to write it from memory`,
      { install },
      error,
    )
  }
}
