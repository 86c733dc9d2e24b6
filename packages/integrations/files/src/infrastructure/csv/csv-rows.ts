/**
 * Splits text into rows of fields with Papa Parse, and keeps count of lines. It holds the text of one unfinished row and
 * nothing else, so any number of them may work on parts of one file, given where each part begins.
 */
import Papa from 'papaparse'

import { errorAt } from '../../domain/place.ts'
import type { RowBlock } from '../../domain/row-source.ts'
import { LONGEST_LINE } from '../bytes/line-blocks.ts'
import type { CsvDialect } from './csv-dialect.ts'

interface ParsedRows {
  readonly data: ReadonlyArray<ReadonlyArray<string>>
  readonly errors: ReadonlyArray<{ readonly code: string; readonly index?: number | undefined }>
  readonly meta: { readonly cursor: number }
}

/** The state of splitting one file, or one part of it. */
export class CsvRows {
  readonly #path: string
  readonly #dialect: CsvDialect
  #rest = ''
  #line: number
  #width: number | undefined

  /**
   * @param line - the 1-based line with which the text begins
   * @param width - how many fields a row has; default as many as the first
   */
  constructor(path: string, dialect: CsvDialect, line = 1, width?: number) {
    this.#path = path
    this.#dialect = dialect
    this.#line = line
    this.#width = width
  }

  /** The line after the rows so far. */
  get line(): number {
    return this.#line
  }

  /** How many fields a row has; undefined before the first. */
  get width(): number | undefined {
    return this.#width
  }

  /** Whether the text so far ends with a row, not within a quoted field. */
  get isBetweenRows(): boolean {
    return this.#rest === ''
  }

  /**
   * @param block - whole lines; a quoted field may reach into the next block
   * @returns the rows that are complete; empty lines are none
   * @throws FilesError `files/ragged-row`, `files/malformed` with the line.
   */
  push(block: string): RowBlock {
    const text = this.#rest === '' ? block : this.#rest + block
    const rows = this.#plainRows(text) ?? this.#steppedRows(text)
    if (this.#rest.length > LONGEST_LINE) throw this.#openQuoteError()
    return rows
  }

  /** Counts rows that were split otherwise, a line each. */
  pass(rows: ReadonlyArray<ReadonlyArray<unknown>>): RowBlock {
    const first = this.#line
    this.#line += rows.length
    return { rows, numbers: rows.map((_, index) => first + index) }
  }

  // The fast way, all rows at once; undefined where quotes are amiss, or make it uncertain where a field or a row ends.
  #plainRows(text: string): RowBlock | undefined {
    const { delimiter, newline } = this.#dialect
    const quoted = text.includes('"')
    if (quoted && text.includes('\r"')) return undefined
    const parser = new Papa.Parser({ delimiter, newline, fastMode: !quoted })
    const { data, errors, meta }: ParsedRows = parser.parse(text, 0, true)
    if (quoted && (errors.length > 0 || data.some(isBlank))) return undefined
    const severalLines = quoted && count(text, newline, 0, meta.cursor) !== data.length
    const rows: Array<ReadonlyArray<string>> = []
    const numbers: Array<number> = []
    const carriageReturns = newline === '\n' && text.includes('\r')
    for (const fields of data) {
      if (!isBlank(fields)) {
        this.#checkWidth(fields.length)
        rows.push(carriageReturns ? withoutCarriageReturn(fields) : fields)
        numbers.push(this.#line)
      }
      this.#line += severalLines ? 1 + fields.reduce((sum, field) => sum + count(field, newline), 0) : 1
    }
    this.#rest = text.slice(meta.cursor)
    return { rows, numbers }
  }

  // The careful way: the parser's `step` tells where each row ends in the text.
  #steppedRows(text: string): RowBlock {
    const { delimiter, newline } = this.#dialect
    const rows: Array<ReadonlyArray<string>> = []
    const numbers: Array<number> = []
    let start = 0
    const step = ({ data, errors, meta }: ParsedRows): void => {
      const fault = errors[0]
      if (fault !== undefined) throw this.#quoteError(text, start, fault.index ?? start)
      const fields = data[0] ?? []
      const row = isLastQuoted(fields, text, start, meta.cursor, delimiter) ? fields : withoutCarriageReturn(fields)
      if (!isBlank(row) || text[start] === '"') {
        this.#checkWidth(row.length)
        rows.push(row)
        numbers.push(this.#line)
      }
      this.#line += count(text, newline, start, meta.cursor)
      start = meta.cursor
    }
    new Papa.Parser({ delimiter, newline, fastMode: false, step }).parse(text, 0, true)
    this.#rest = text.slice(start)
    return { rows, numbers }
  }

  /** @throws FilesError `files/malformed` when the text ends within a quoted field, with the line where the quote opens. */
  end(): void {
    if (this.#rest !== '') throw this.#openQuoteError()
  }

  #checkWidth(found: number): void {
    this.#width ??= found
    if (found === this.#width) return
    const expected = this.#width
    throw errorAt(
      'files/ragged-row',
      { path: this.#path, line: this.#line },
      `the row has ${found} ${found === 1 ? 'field' : 'fields'} and the first row has ${expected}; correct it, quote the fields ` +
        `that contain the delimiter, or name another delimiter than ${JSON.stringify(this.#dialect.delimiter)}`,
      { found, expected },
    )
  }

  #openQuoteError(): Error {
    const { delimiter, newline } = this.#dialect
    const { errors }: ParsedRows = new Papa.Parser({ delimiter, newline, fastMode: false }).parse(this.#rest, 0, false)
    return this.#quoteError(this.#rest, 0, errors[0]?.index ?? 0)
  }

  // `index` is where the quoted field's content begins.
  #quoteError(text: string, start: number, index: number): Error {
    const { delimiter, newline } = this.#dialect
    const line = this.#line + count(text, newline, start, index)
    const before = new Papa.Parser({ delimiter, newline, fastMode: false }).parse(
      text.slice(start, index - 1),
      0,
      false,
    )
    const columnIndex = Math.max(0, (before.data[0]?.length ?? 1) - 1)
    return errorAt(
      'files/malformed',
      { path: this.#path, line, columnIndex },
      'the quoted field that opens here does not end before a delimiter or a line break; close it, and double the quotes in it',
    )
  }
}

function isBlank(fields: ReadonlyArray<string>): boolean {
  return fields.length === 1 && fields[0]?.trim() === ''
}

// The parser takes a line feed for the row's end, so that of CRLF the carriage return stays with the last field.
function withoutCarriageReturn(fields: ReadonlyArray<string>): ReadonlyArray<string> {
  const last = fields[fields.length - 1]
  return last?.endsWith('\r') === true ? [...fields.slice(0, -1), last.slice(0, -1)] : fields
}

// A carriage return at the end of a quoted field is the field's own. An unquoted field stands in the text as it is, right
// before the line feed and right behind a delimiter.
function isLastQuoted(
  fields: ReadonlyArray<string>,
  text: string,
  start: number,
  end: number,
  delimiter: string,
): boolean {
  const last = fields[fields.length - 1]
  if (last?.endsWith('\r') !== true) return false
  const begin = end - 1 - last.length
  return !(begin === start || (begin > start && text[begin - 1] === delimiter)) || !text.startsWith(last, begin)
}

function count(text: string, newline: string, start = 0, end: number = text.length): number {
  let found = 0
  for (let at = text.indexOf(newline, start); at !== -1 && at < end; at = text.indexOf(newline, at + 1)) found++
  return found
}
