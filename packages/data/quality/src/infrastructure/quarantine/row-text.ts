import { cellValue } from '../../domain/cell-value.ts'
import type { Cell, TableColumn } from '../../domain/cell.ts'

/** Rows to write, each with its reasons. */
export interface RowText {
  readonly columns: ReadonlyArray<TableColumn>
  /** Names of the columns of reasons; none for good rows. */
  readonly reasons: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
  /** A list for each name in `reasons`. */
  readonly reasonsOf: (row: ReadonlyArray<Cell>) => ReadonlyArray<ReadonlyArray<string>>
}

const CHUNK = 65_536
/** Stands between the reasons of a row where a format has no lists. */
export const REASON_SEPARATOR = '; '

/** CSV of RFC 4180 with line feeds: no value is empty, an empty text is `""`. */
export function* delimitedLines({ columns, reasons, rows, reasonsOf }: RowText, delimiter: string): Generator<string> {
  const line = (texts: ReadonlyArray<string | null>): string =>
    `${texts.map((text) => (text === null ? '' : quoted(text, delimiter))).join(delimiter)}\n`
  let chunk = line([...columns.map(({ name }) => name), ...reasons])
  for (const row of rows) {
    const cells = columns.map(({ kind }, i) => {
      const value = cellValue(row[i] ?? null, kind)
      return value === null ? null : String(value)
    })
    chunk += line([...cells, ...(reasons.length === 0 ? [] : reasonsOf(row).map((all) => all.join(REASON_SEPARATOR)))])
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function quoted(text: string, delimiter: string): string {
  const isPlain = text !== '' && !text.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(text)
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`
}

/** JSON lines, or one JSON array. Whole numbers and decimals keep all their digits; NaN and infinities are texts. */
export function* jsonRows({ columns, reasons, rows, reasonsOf }: RowText, isArray: boolean): Generator<string> {
  const names = [...columns.map(({ name }) => name), ...reasons].map((name) => JSON.stringify(name))
  let chunk = isArray ? '[' : ''
  for (const [at, row] of rows.entries()) {
    const values = [
      ...columns.map(({ kind }, i) => jsonCell(row[i] ?? null, kind)),
      ...(reasons.length === 0 ? [] : reasonsOf(row).map((all) => JSON.stringify(all))),
    ]
    const object = `{${names.map((name, i) => `${name}:${values[i] ?? 'null'}`).join(',')}}`
    chunk += isArray ? `${at === 0 ? '' : ','}\n${object}` : `${object}\n`
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  yield isArray ? `${chunk}\n]\n` : chunk
}

function jsonCell(cell: Cell, kind: TableColumn['kind']): string {
  const isNumber = (kind === 'integer' || kind === 'decimal') && cell !== null
  return isNumber ? String(cell) : JSON.stringify(cellValue(cell, kind))
}
