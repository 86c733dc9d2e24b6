import type { ArrowModuleLike } from './arrow-like.ts'
import type { Column } from './column.ts'
import { columnsFromDanfo, type FromDanfoOptions } from './columns-from-danfo.ts'
import type { DanfoFrameLike } from './frame-like.ts'

/**
 * A frame as an Apache Arrow table: Int32 where all values are whole numbers of that size, else Float64; Utf8, Bool, timestamps in
 * milliseconds UTC. Columns without a value are Utf8.
 * @param arrow - the module apache-arrow
 * @throws DanfoError as `columnsFromDanfo`
 */
export function arrowFromDanfo<Table>(
  arrow: ArrowModuleLike<Table>,
  frame: DanfoFrameLike,
  options: FromDanfoOptions = {},
): Table {
  const { Table, Schema, Field, vectorFromArray } = calledWith(arrow)
  const columns = columnsFromDanfo(frame, options)
  const types = columns.map((column) => typeOf(arrow, column))
  const schema = new Schema(columns.map(({ name }, i) => new Field(name, types[i], true)))
  if ((columns[0]?.values.length ?? 0) === 0) return new Table(schema)
  // Under names of ours: numbers as names would change the order of an object's members.
  const vectors = columns.map(({ values }, i) => [`column ${i}`, vectorFromArray(values, types[i])] as const)
  return new Table(schema, Object.fromEntries(vectors))
}

interface Constructors<Table> {
  readonly Table: new (schema: unknown, columns?: Readonly<Record<string, unknown>>) => Table
  readonly Schema: new (fields: ReadonlyArray<unknown>) => unknown
  readonly Field: new (name: string, type: unknown, nullable: boolean) => unknown
  readonly vectorFromArray: (values: ReadonlyArray<unknown>, type: unknown) => unknown
}

// These are among the overloads of apache-arrow, which no structure of ours can name; the conformance tests run them.
function calledWith<Table>(arrow: ArrowModuleLike<Table>): Constructors<Table> {
  return arrow as unknown as Constructors<Table>
}

function typeOf<Table>(arrow: ArrowModuleLike<Table>, { kind, values }: Column): unknown {
  switch (kind) {
    case 'integer':
      return values.every((value) => value === null || (Number(value) | 0) === value)
        ? new arrow.Int32()
        : new arrow.Float64()
    case 'number':
      return new arrow.Float64()
    case 'boolean':
      return new arrow.Bool()
    case 'time':
      return new arrow.TimestampMillisecond('UTC')
    case 'text':
    case 'mixed':
    case 'empty':
      return new arrow.Utf8()
  }
}
