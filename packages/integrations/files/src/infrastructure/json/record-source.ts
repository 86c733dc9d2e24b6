import { formOf, isNumberText, missingTokens } from '../../domain/cell.ts'
import { checkNames } from '../../domain/column-selection.ts'
import { errorAt } from '../../domain/place.ts'
import type { RowBlock, RowSource } from '../../domain/row-source.ts'

/** JSON values in order, each with its line or record number. */
export interface ValueBlock {
  readonly values: ReadonlyArray<unknown>
  readonly numbers: ReadonlyArray<number>
}

/** How values become rows. */
export interface RecordForm {
  readonly path: string
  readonly numbering: 'line' | 'record'
  readonly header: boolean | 'auto'
  readonly sampleRows: number
  /** With wanted columns the keys that appear later are of no interest; without, they are an error. */
  readonly columns: ReadonlyArray<string> | undefined
  /** The names of the split form; undefined where the records tell them. */
  readonly names?: ReadonlyArray<string> | undefined
}

/**
 * Rows of records (`{"a":1}`: the columns are the keys of the first records) or of lists (`[1,2]`: the first one is the header).
 * @throws FilesError `files/empty`, `files/malformed`, `files/late-column`, `files/ragged-row`, and for bad names.
 */
export async function recordSource(form: RecordForm, blocks: AsyncIterator<ValueBlock>): Promise<RowSource> {
  const { path, numbering } = form
  const sample: Array<ValueBlock> = []
  for (let rows = 0; rows < form.sampleRows;) {
    const next = await blocks.next()
    if (next.done === true) break
    rows += next.value.values.length
    if (next.value.values.length > 0) sample.push(next.value)
  }
  const first = sample[0]?.values[0]
  if (first === undefined && form.names === undefined) throw errorAt('files/empty', { path }, 'it is empty')
  if (form.names !== undefined || Array.isArray(first)) return listSource(form, sample, blocks, first)
  const names = keysOf(sample, form.sampleRows)
  if (names.length === 0) throw recordError(form, sample[0]?.numbers[0] ?? 1)
  checkNames(path, names)
  const index = new Map(names.map((name, position) => [name, position]))
  const rowOf = (value: unknown, number: number): ReadonlyArray<unknown> => recordRow(form, index, value, number)
  return { names, numbering, blocks: rowBlocks(sample, blocks, rowOf) }
}

function listSource(
  form: RecordForm,
  sample: ReadonlyArray<ValueBlock>,
  blocks: AsyncIterator<ValueBlock>,
  first: unknown,
): RowSource {
  const { path, numbering, header } = form
  const cells: ReadonlyArray<unknown> = Array.isArray(first) ? first : []
  const named = form.names === undefined && (header === 'auto' ? !cells.every(isNumber) : header)
  const found = named ? cells.map(columnName) : cells.map((_, index) => `column_${index + 1}`)
  const names = form.names ?? found
  checkNames(path, names, named && numbering === 'line' ? sample[0]?.numbers[0] : undefined)
  const rowOf = (value: unknown, number: number): ReadonlyArray<unknown> => {
    if (!Array.isArray(value)) throw recordError(form, number)
    if (value.length === names.length) return value
    const problem = `the list has ${value.length} values and there are ${names.length} columns; correct it`
    throw errorAt('files/ragged-row', { path, [numbering]: number }, problem, {
      found: value.length,
      expected: names.length,
    })
  }
  const kept = named ? sample.map((block, position) => (position === 0 ? withoutFirst(block) : block)) : sample
  return { names, numbering, blocks: rowBlocks(kept, blocks, rowOf) }
}

async function* rowBlocks(
  sample: ReadonlyArray<ValueBlock>,
  blocks: AsyncIterator<ValueBlock>,
  rowOf: (value: unknown, number: number) => ReadonlyArray<unknown>,
): AsyncGenerator<RowBlock, void, undefined> {
  const rowsOf = ({ values, numbers }: ValueBlock): RowBlock => ({
    rows: values.map((value, index) => rowOf(value, numbers[index] ?? 0)),
    numbers,
  })
  for (const block of sample) yield rowsOf(block)
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) yield rowsOf(next.value)
}

function recordRow(
  form: RecordForm,
  index: ReadonlyMap<string, number>,
  value: unknown,
  number: number,
): ReadonlyArray<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw recordError(form, number)
  const row = Array.from<unknown>({ length: index.size })
  for (const [key, cell] of Object.entries(value)) {
    const position = index.get(key)
    if (position !== undefined) row[position] = cell
    else if (form.columns === undefined) throw lateColumn(form, key, number)
  }
  return row
}

function lateColumn({ path, numbering, sampleRows }: RecordForm, column: string, number: number): Error {
  return errorAt(
    'files/late-column',
    { path, [numbering]: number, column },
    `the key is new here, after the columns were taken from the first ${sampleRows} records; give the first record every key ` +
      '(null where there is no value), raise "sampleRows", or name the wanted columns with the "columns" option',
  )
}

function recordError({ path, numbering }: RecordForm, number: number): Error {
  const mend = 'every record must be an object with at least one key, like {"a":1}, or every one a list, like [1,2]'
  return errorAt('files/malformed', { path, [numbering]: number }, `this is no record; ${mend}`)
}

/** The name that a JSON value in a header stands for. */
export function columnName(value: unknown): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

function keysOf(sample: ReadonlyArray<ValueBlock>, sampleRows: number): ReadonlyArray<string> {
  const keys = new Set<string>()
  for (const value of sample.flatMap(({ values }) => values).slice(0, sampleRows)) {
    if (typeof value === 'object' && value !== null) for (const key of Object.keys(value)) keys.add(key)
  }
  return [...keys]
}

function isNumber(cell: unknown): boolean {
  return typeof cell === 'string' ? isNumberText(cell) : formOf(cell, missingTokens()) === 'number'
}

function withoutFirst({ values, numbers }: ValueBlock): ValueBlock {
  return { values: values.slice(1), numbers: numbers.slice(1) }
}
