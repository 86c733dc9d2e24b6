import type { BatchLayout } from './batch-layout.ts'
import { numberFromText } from './cell.ts'
import { errorAt } from './place.ts'
import type { Place } from './place.ts'
import type { RowBlock } from './row-source.ts'
import type { TableBatch, TableColumn } from './table.ts'
import { TextPool } from './text-pool.ts'
import { valueForm } from './value-form.ts'

/** A batch in a form that travels between threads. */
export interface BuiltBatch {
  readonly rows: number
  readonly columns: ReadonlyArray<TableColumn>
  /** The number of each row's line or record; of the first row alone where each row takes one. */
  readonly places: number | Float64Array
}

/** A built batch as a table hands it out. @param linesBefore - of the file, before those that the builder counted */
export function tableBatch(built: BuiltBatch, numbering: 'line' | 'record', linesBefore = 0): TableBatch {
  const { rows, columns, places } = built
  if (numbering === 'record') return { rows, columns }
  const lineOf = (row: number): number =>
    linesBefore + (typeof places === 'number' ? places + row : (places[row] ?? Number.NaN))
  return { rows, columns, lineOf }
}

/** Turns rows of cells into batches of typed columns. It holds one unfinished batch and no state beside it. */
export class BatchBuilder {
  readonly #layout: BatchLayout
  readonly #pools: ReadonlyArray<TextPool>
  // Tokens such as -999 are numbers too, so with them every cell must be looked up before it is converted.
  readonly #numericTokens: boolean
  #numbers: Array<Float64Array> = []
  #texts: Array<Array<string | null>> = []
  #places: Float64Array | undefined
  #firstPlace = 0
  #rows = 0

  constructor(layout: BatchLayout) {
    this.#layout = layout
    this.#pools = layout.columns.map(() => new TextPool())
    this.#numericTokens = [...layout.missing].some((token) => numberFromText(token) !== undefined)
    this.#begin()
  }

  /** Takes all rows of a block. @returns the batches that became full. @throws FilesError at a cell of the wrong form. */
  add(block: RowBlock): ReadonlyArray<BuiltBatch> {
    const full: Array<BuiltBatch> = []
    for (const [index, row] of block.rows.entries()) {
      this.#addRow(row, block.numbers[index] ?? 0)
      if (this.#rows === this.#layout.batchRows) full.push(this.#take())
    }
    return full
  }

  /** The rows that do not fill a batch; undefined when there are none. */
  finish(): BuiltBatch | undefined {
    return this.#rows === 0 ? undefined : this.#take()
  }

  #begin(): void {
    const { columns, batchRows } = this.#layout
    this.#numbers = columns.map(({ kind }) => new Float64Array(kind === 'number' ? batchRows : 0))
    this.#texts = columns.map(() => [])
    this.#places = undefined
    this.#rows = 0
  }

  #take(): BuiltBatch {
    const rows = this.#rows
    const columns = this.#layout.columns.map(({ name, kind }, position): TableColumn => {
      if (kind === 'text') return { kind, name, values: this.#texts[position] ?? [] }
      const values = this.#numbers[position] ?? new Float64Array(0)
      return { kind, name, values: rows === values.length ? values : values.slice(0, rows) }
    })
    const places = this.#places ?? this.#firstPlace
    this.#begin()
    return { rows, columns, places }
  }

  #addRow(row: ReadonlyArray<unknown>, number: number): void {
    const { columns } = this.#layout
    const at = this.#rows
    for (let position = 0; position < columns.length; position++) {
      const column = columns[position]
      if (column === undefined) continue
      const cell = row[column.index]
      if (column.kind === 'text') {
        this.#texts[position]?.push(this.#text(cell, position, number))
        continue
      }
      const values = this.#numbers[position]
      if (values !== undefined) values[at] = this.#number(cell, position, number)
    }
    this.#keepPlace(at, number)
    this.#rows = at + 1
  }

  // Most files have a row a line: then the first line tells all.
  #keepPlace(at: number, number: number): void {
    if (at === 0) this.#firstPlace = number
    if (this.#places === undefined && number !== this.#firstPlace + at) {
      const first = this.#firstPlace
      this.#places = new Float64Array(this.#layout.batchRows)
      for (let row = 0; row < at; row++) this.#places[row] = first + row
    }
    if (this.#places !== undefined) this.#places[at] = number
  }

  #number(cell: unknown, position: number, number: number): number {
    if (typeof cell === 'number' && !this.#numericTokens) return cell
    if (typeof cell === 'string' && !this.#numericTokens) {
      const value = Number(cell)
      const first = cell.charCodeAt(0)
      // Number() also reads '', ' ', '0x1F', '0b1' and '0o7'. Those, like NaN, take the careful way.
      if (value === value && first > 32 && first <= 57 && !(cell.charCodeAt(1) > 57)) return value
    }
    return this.#carefulNumber(cell, position, number)
  }

  #carefulNumber(cell: unknown, position: number, number: number): number {
    const { missing } = this.#layout
    if (cell === null || cell === undefined) return Number.NaN
    if (typeof cell === 'number') return missing.has(String(cell)) ? Number.NaN : cell
    if (typeof cell === 'boolean') return cell ? 1 : 0
    if (typeof cell !== 'string') throw this.#nested(cell, position, number)
    if (missing.has(cell.trim())) return Number.NaN
    const value = numberFromText(cell)
    if (value !== undefined) return value
    throw errorAt(
      'files/not-a-number',
      this.#place(position, number),
      `expected a number and found ${valueForm(cell)}; correct it, write NA where it is missing, ` +
        'or leave the column out by naming the columns to read',
      { form: valueForm(cell) },
    )
  }

  #text(cell: unknown, position: number, number: number): string | null {
    if (cell === null || cell === undefined) return null
    if (typeof cell === 'string') {
      return this.#layout.missing.has(cell) ? null : (this.#pools[position]?.keep(cell) ?? cell)
    }
    if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
    throw this.#nested(cell, position, number)
  }

  #nested(cell: unknown, position: number, number: number): Error {
    const form = Array.isArray(cell) ? 'a list' : 'an object'
    return errorAt(
      'files/unsupported-type',
      this.#place(position, number),
      `expected a number or a text and found ${form}; flatten it, or leave the column out with the "columns" option`,
      { form },
    )
  }

  #place(position: number, number: number): Place {
    const { path, columns, numbering } = this.#layout
    const column = columns[position]
    return { path, [numbering]: number, column: column?.name ?? '', columnIndex: column?.index ?? position }
  }
}
