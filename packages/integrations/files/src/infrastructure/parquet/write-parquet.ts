import { ByteWriter, ParquetWriter } from 'hyparquet-writer'

/** A column that is to be written: numbers, whole numbers of 32 bits, texts, or truths. */
export interface ParquetColumnHeader {
  readonly name: string
  readonly kind: 'number' | 'integer' | 'text' | 'boolean'
}

/** Rows of a table that is to be written: values by column, NaN or null where one is missing. */
export interface ParquetRows {
  readonly columns: ReadonlyArray<ParquetColumnHeader>
  readonly batches: AsyncIterable<{
    readonly rows: number
    readonly values: ReadonlyArray<Float64Array | Int32Array | ReadonlyArray<number | string | boolean | null>>
  }>
}

const TYPES = {
  number: { type: 'DOUBLE' },
  integer: { type: 'INT32' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
} as const

/**
 * The bytes of a Parquet file, compressed by Snappy, a row group for each batch, with memory for a batch and what is told of each
 * group at the end. A group before is gone once the next is asked for.
 */
export async function* writeParquet({ columns, batches }: ParquetRows): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter()
  const schema = columns.map(({ name, kind }) => ({ name, ...TYPES[kind], repetition_type: 'OPTIONAL' }) as const)
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...schema],
  })
  for await (const { rows, values } of batches) {
    const columnData = columns.map(({ name }, column) => ({ name, data: withNulls(values[column] ?? []) }))
    await writer.write({ columnData, rowGroupSize: Math.max(1, rows) })
    yield taken(bytes)
  }
  await writer.finish()
  yield taken(bytes)
}

// The writer goes on counting where it is in the file.
function taken(bytes: ByteWriter): Uint8Array {
  const part = bytes.getBytes().slice()
  bytes.index = 0
  return part
}

function withNulls(
  values: ParquetRows['batches'] extends AsyncIterable<{ values: ReadonlyArray<infer V> }> ? V : never,
) {
  if (values instanceof Float64Array) {
    return values.some(Number.isNaN) ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values
  }
  return values instanceof Int32Array ? values : [...values]
}
