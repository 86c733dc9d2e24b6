/** One part of a CSV file, read by itself: what a thread does. It works on bytes and sees no error of its own. */
import { isAscii, isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'

import { BatchBuilder } from '../../domain/batch-builder.ts'
import type { BuiltBatch } from '../../domain/batch-builder.ts'
import type { BatchLayout } from '../../domain/batch-layout.ts'
import type { RowBlock } from '../../domain/row-source.ts'
import { LONGEST_LINE } from '../bytes/line-blocks.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { CsvRows } from './csv-rows.ts'
import { numberLines } from './number-lines.ts'

const NEWLINE = 10
const BLOCK_SIZE = 65_536 // as `lineBlocks`: small blocks stay in the processor's cache
const MARGIN = 65_536
const MOST_MISSES = 4

/** What all parts of a file have in common. */
export interface CsvPartForm {
  readonly path: string
  readonly dialect: CsvDialect
  readonly width: number
  readonly layout: BatchLayout
}

/** The lines that begin behind byte `start` - 1 and before byte `end`; the first part begins with a line. */
export interface CsvPartRange {
  readonly start: number
  readonly end: number
  readonly isFirst: boolean
}

/** What became of a part. */
export type CsvPart =
  /** Its rows, with lines counted from 1, how many lines they take, and the first byte behind them. */
  | {
      readonly kind: 'rows'
      readonly batches: ReadonlyArray<BuiltBatch>
      readonly lines: number
      readonly stop: number
    }
  /** It has a fault, or ends within a quoted field: only who reads the file in order can tell. */
  | { readonly kind: 'odd' }

/** Reads parts of one file, one after another. */
export class CsvPartReader {
  readonly #form: CsvPartForm
  readonly #file: number
  #bytes: Buffer = Buffer.allocUnsafeSlow(0)
  #misses = 0

  constructor(form: CsvPartForm) {
    this.#form = form
    this.#file = openSync(form.path, 'r')
  }

  read(range: CsvPartRange): CsvPart {
    try {
      return this.#rowsOf(this.#linesOf(range))
    } catch {
      return { kind: 'odd' } // whoever asked reads the part again, in order, and meets the same error at its true place
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  #rowsOf({ bytes, stop }: { readonly bytes: Buffer; readonly stop: number }): CsvPart {
    const { path, dialect, width, layout } = this.#form
    if (bytes.includes(0) || !isUtf8(bytes)) return { kind: 'odd' }
    const rows = new CsvRows(path, dialect, 1, width)
    const builder = new BatchBuilder(layout)
    const batches: Array<BuiltBatch> = []
    for (let start = 0; start < bytes.length;) {
      const end = lineEnd(bytes, start)
      const block = bytes.subarray(start, end)
      const text = block.toString(isAscii(block) ? 'latin1' : 'utf8')
      batches.push(...builder.add(this.#blockOf(text.endsWith('\n') ? text : `${text}\n`, rows)))
      start = end
    }
    if (!rows.isBetweenRows) return { kind: 'odd' }
    const last = builder.finish()
    return { kind: 'rows', batches: last === undefined ? batches : [...batches, last], lines: rows.line - 1, stop }
  }

  // Where a few blocks in a row were not of numbers alone, the next ones are hardly either.
  #blockOf(text: string, rows: CsvRows): RowBlock {
    const { dialect, width, layout } = this.#form
    if (layout.columns.some(({ kind }) => kind === 'text')) return rows.push(text) // which keeps how a number is written
    if (dialect.delimiter !== ',' || !rows.isBetweenRows || this.#misses >= MOST_MISSES) return rows.push(text)
    const numbers = numberLines(text, width)
    this.#misses = numbers === undefined ? this.#misses + 1 : 0
    return numbers === undefined ? rows.push(text) : rows.pass(numbers)
  }

  // The bytes from the first line's beginning to the last line's end, which may lie behind the range's.
  #linesOf({ start, end, isFirst }: CsvPartRange): { readonly bytes: Buffer; readonly stop: number } {
    const from = isFirst ? start : start - 1
    let length = this.#fill(from, 0, end - from)
    let stop = this.#lineEndFrom(end - from - 1, length)
    while (stop === 0) {
      if (length > end - from + LONGEST_LINE) throw new RangeError('there is a line without an end')
      const more = this.#fill(from + length, length, MARGIN)
      stop = more === 0 ? length : this.#lineEndFrom(length, length + more)
      length += more
    }
    const first = isFirst ? 0 : this.#lineEndFrom(0, stop)
    return { bytes: this.#bytes.subarray(isFirst || first > 0 ? first : stop, stop), stop: from + stop }
  }

  // The place behind the first line feed from `at` on; 0 where there is none before `length`.
  #lineEndFrom(at: number, length: number): number {
    return this.#bytes.subarray(0, length).indexOf(NEWLINE, at) + 1
  }

  // Reads `wanted` bytes of the file from `position` to the buffer's place `to`; fewer at the end of the file.
  #fill(position: number, to: number, wanted: number): number {
    if (this.#bytes.length < to + wanted) {
      const grown = Buffer.allocUnsafeSlow(Math.max(to + wanted + MARGIN, 2 * this.#bytes.length))
      this.#bytes.copy(grown, 0, 0, to)
      this.#bytes = grown
    }
    let read = 0
    while (read < wanted) {
      const more = readSync(this.#file, this.#bytes, to + read, wanted - read, position + read)
      if (more === 0) break
      read += more
    }
    return read
  }
}

function lineEnd(bytes: Buffer, start: number): number {
  if (start + BLOCK_SIZE >= bytes.length) return bytes.length
  const last = bytes.subarray(start, start + BLOCK_SIZE).lastIndexOf(NEWLINE)
  if (last !== -1) return start + last + 1
  const next = bytes.indexOf(NEWLINE, start + BLOCK_SIZE)
  return next === -1 ? bytes.length : next + 1
}
