import type { SchemaTree } from 'hyparquet'

import { errorAt } from '../../domain/place.ts'
import type { Place } from '../../domain/place.ts'
import type { ColumnKind, TableColumn } from '../../domain/table.ts'
import { isoText } from './iso-text.ts'

const LARGEST_DECIMAL = 2 ** 50 // beyond, the scaled integer can no longer be told from the library's product

/** A column of a Parquet file: its place in the schema and how its values are read. */
export interface ParquetColumn {
  readonly name: string
  readonly index: number
  readonly kind: ColumnKind
  readonly element: SchemaTree['element']
}

/** @throws FilesError `files/unsupported-type` for lists, structs, maps and types that are neither number nor text. */
export function parquetColumn(path: string, { element, children }: SchemaTree, index: number): ParquetColumn {
  const kind = children.length > 0 || element.repetition_type === 'REPEATED' ? undefined : kindOf(element)
  if (kind !== undefined) return { name: element.name, index, kind, element }
  const type = element.logical_type?.type ?? element.converted_type ?? element.type ?? 'nested values'
  throw errorAt(
    'files/unsupported-type',
    { path, column: element.name, columnIndex: index },
    `the column holds ${type}, neither numbers nor text; leave it out with the "columns" option`,
    { type },
  )
}

/**
 * @param values - decoded by hyparquet; null and undefined are missing
 * @param firstRow - the row, from 0, of the file where `values` begin
 * @throws FilesError `files/unsafe-integer` with the record.
 */
export function parquetValues(
  path: string,
  column: ParquetColumn,
  values: ArrayLike<unknown>,
  firstRow: number,
): TableColumn {
  const { name, kind, element } = column
  if (kind === 'text') {
    return {
      kind,
      name,
      values: Array.from(values, (value) => (value === null || value === undefined ? null : isoText(value, element))),
    }
  }
  const numbers = new Float64Array(values.length)
  fillNumbers(path, column, { values, levels: [], firstRow }, numbers)
  return { kind, name, values: numbers }
}

/** Decoded values of a number column, from row `firstRow` of the file on. */
export interface NumberRun {
  readonly values: ArrayLike<unknown>
  /** 0 where a value is missing, which `values` then leave out; empty where they are all there. */
  readonly levels: ReadonlyArray<number>
  readonly firstRow: number
}

/**
 * Writes numbers; NaN where they are missing.
 * @param out - shape (rows of the run)
 * @throws FilesError `files/unsafe-integer` with the record.
 */
export function fillNumbers(
  path: string,
  { name, index, element }: ParquetColumn,
  { values, levels, firstRow }: NumberRun,
  out: Float64Array,
): void {
  const areAllThere = levels.length === 0
  if (areAllThere && values instanceof Float64Array && element.converted_type !== 'DECIMAL') {
    out.set(values)
    return
  }
  const scale = element.converted_type === 'DECIMAL' ? (element.scale ?? 0) : undefined
  for (let row = 0, at = 0; row < out.length; row++) {
    const value = areAllThere || levels[row] !== 0 ? values[at++] : undefined
    if (typeof value === 'number') out[row] = scale === undefined ? value : decimal(value, scale)
    else if (typeof value === 'bigint') {
      out[row] = safeNumber(value, { path, record: firstRow + row + 1, column: name, columnIndex: index })
    } else if (typeof value === 'boolean') out[row] = value ? 1 : 0
    else out[row] = Number.NaN
  }
}

function kindOf({ type, converted_type, logical_type }: SchemaTree['element']): ColumnKind | undefined {
  if (converted_type === 'BSON' || converted_type === 'INTERVAL') return undefined
  if (converted_type === 'DECIMAL' || logical_type?.type === 'FLOAT16') return 'number'
  if (logical_type?.type === 'UUID') return 'text'
  if (logical_type?.type === 'GEOMETRY' || logical_type?.type === 'GEOGRAPHY') return undefined
  if (type === 'BYTE_ARRAY' || type === 'INT96') return 'text'
  if (type === 'FIXED_LEN_BYTE_ARRAY' || type === undefined) return undefined
  const temporal = ['DATE', 'TIME', 'TIMESTAMP'].includes(logical_type?.type ?? '')
  return temporal || /^(?:DATE|TIME)/.test(converted_type ?? '') ? 'text' : 'number'
}

function safeNumber(value: bigint, place: Place): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw errorAt(
    'files/unsafe-integer',
    place,
    'the integer is beyond 2^53 and would be rounded; store it as a float or a text, or leave the column out',
  )
}

// hyparquet multiplies by 10^-scale, which rounds twice; dividing the integer by 10^scale rounds once.
function decimal(value: number, scale: number): number {
  const power = 10 ** scale
  const integer = Math.round(value * power)
  return scale <= 22 && Math.abs(integer) <= LARGEST_DECIMAL ? integer / power : value
}
