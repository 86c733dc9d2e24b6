/** Tables for people: aligned columns, numbers to the right, cut to the width of the terminal. */
import type { OutputColumn, OutputRecords } from '@nomaly/ai-anomaly-detection/cli'

import { cellText } from './cell-text.ts'
import { decimalsOf, tableNumber } from './table-number.ts'

const MEASURED_ROWS = 500 // how many rows decide the widths; what comes later is written as it comes
const GAP = '  '
const NARROWEST = 8
const segmenter = new Intl.Segmenter()

/** How a table is drawn. */
export interface TableStyle {
  /** Characters in a line; Infinity where nothing is cut. */
  readonly width: number
  readonly heading: (text: string) => string
}

/** A heading and a line a record, or for a single record a line a field. */
export function* tableLines(records: OutputRecords, style: TableStyle): Generator<string> {
  if (records.layout === 'fields') yield* fieldLines(records, style)
  else yield* rowLines(records, style)
}

function* rowLines({ columns, rows }: OutputRecords, { width, heading }: TableStyle): Generator<string> {
  const iterator = rows[Symbol.iterator]()
  const measured: Array<ReadonlyArray<unknown>> = []
  let next = iterator.next()
  for (; next.done !== true && measured.length < MEASURED_ROWS; next = iterator.next()) measured.push(next.value)
  const decimals = columns.map(({ kind }, i) => (kind === 'number' ? decimalsOf(measured.map((row) => row[i])) : 0))
  const textOf = (row: ReadonlyArray<unknown>): ReadonlyArray<string> =>
    columns.map((column, i) => shown(row[i], column, decimals[i] ?? 0))
  const texts = measured.map(textOf)
  const natural = columns.map(({ name }, i) => Math.max(name.length, ...texts.map((row) => lengthOf(row[i] ?? ''))))
  const widths = fitted(natural, columns, width)
  const drawn = (cells: ReadonlyArray<string>): string => lineOf(cells, columns, widths, Number.isFinite(width))
  yield `${heading(drawn(columns.map(({ name }) => name)))}\n`
  for (const row of texts) yield `${drawn(row)}\n`
  for (; next.done !== true; next = iterator.next()) yield `${drawn(textOf(next.value))}\n`
}

function* fieldLines({ columns, rows }: OutputRecords, { heading }: TableStyle): Generator<string> {
  const width = Math.max(...columns.map(({ name }) => name.length))
  for (const row of rows) {
    for (const [i, column] of columns.entries()) {
      const decimals = column.kind === 'number' ? decimalsOf([row[i]]) : 0
      yield `${heading(column.name.padEnd(width))}${GAP}${shown(row[i], column, decimals)}\n`
    }
  }
}

function lineOf(
  texts: ReadonlyArray<string>,
  columns: ReadonlyArray<OutputColumn>,
  widths: ReadonlyArray<number>,
  isCut: boolean,
): string {
  const cells = texts.map((text, i) => {
    const width = widths[i] ?? 0
    const length = lengthOf(text)
    const isLong = isCut && length > width && columns[i]?.kind === 'text'
    const cut = isLong
      ? `${charactersOf(text)
          .slice(0, width - 1)
          .join('')}…`
      : text
    const pad = ' '.repeat(Math.max(0, width - length))
    return columns[i]?.kind === 'text' ? cut + pad : pad + cut
  })
  return cells.join(GAP).trimEnd()
}

// Takes the room that lacks from the widest text column, again and again.
function fitted(
  natural: ReadonlyArray<number>,
  columns: ReadonlyArray<OutputColumn>,
  width: number,
): ReadonlyArray<number> {
  const widths = [...natural]
  const total = (): number => widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1)
  for (let over = total() - width; over > 0; over = total() - width) {
    const texts = widths.map((one, i) => (columns[i]?.kind === 'text' ? one : 0))
    const widest = texts.indexOf(Math.max(...texts))
    const current = texts[widest] ?? 0
    if (current <= NARROWEST) break
    const second = Math.max(NARROWEST, ...texts.filter((one, i) => i !== widest && one < current))
    widths[widest] = Math.max(current - over, Math.min(second, current - 1))
  }
  return widths
}

function shown(value: unknown, column: OutputColumn, decimals: number): string {
  if (column.kind === 'number' && typeof value === 'number') return tableNumber(value, decimals)
  // names of columns come from files, and could steer a terminal
  return cellText(value, column).replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')
}

function lengthOf(text: string): number {
  return isPlain(text) ? text.length : charactersOf(text).length
}

// What a reader takes for one character may be several in a text.
function charactersOf(text: string): ReadonlyArray<string> {
  return isPlain(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function isPlain(text: string): boolean {
  return /^[\u0020-\u007E]*$/.test(text)
}
