import { type DatasetOptions, datasetOf } from './dataset-of.ts'
import type { Dataset } from './dataset.ts'
import { AnomalyDetectionError } from './errors.ts'
import { unknownColumn } from './unknown-column.ts'

/** An Apache Arrow table, by structure: any version of `apache-arrow` fits. */
export interface ArrowTableLike {
  readonly numRows: number
  readonly schema: { readonly fields: ReadonlyArray<{ readonly name: string; readonly type: ArrowTypeLike }> }
  readonly getChildAt: (index: number) => { readonly get: (row: number) => unknown } | null
}

/** An Arrow type, by structure; decimals have a scale. */
export interface ArrowTypeLike {
  readonly toString: () => string
  readonly scale?: number
}

const NUMERIC = /^(U?int|float|decimal|bool)/i

/**
 * A data set from an Apache Arrow table: `options.features`, or else all columns, which then must hold numbers or booleans. Whole
 * numbers past 2^53 and decimals become the nearest doubles, nulls are missing.
 * @throws as `datasetOf`, `unknown-column` for a named feature that the table lacks, and `non-finite` for columns of another type
 */
export function datasetFromArrow(table: ArrowTableLike, options: DatasetOptions = {}): Dataset {
  const { fields } = table.schema
  const features = options.features ?? fields.map(({ name }) => name)
  const [rows, columns] = [table.numRows, features.length]
  const data = new Float64Array(rows * columns)
  features.forEach((name, column) => {
    const at = fields.findIndex((field) => field.name === name)
    const field = fields[at]
    if (field === undefined) {
      throw unknownColumn(
        name,
        fields.map((one) => one.name),
      )
    }
    const type = String(field.type)
    if (!NUMERIC.test(type)) {
      throw new AnomalyDetectionError(
        'anomaly-detection/non-finite',
        `column '${name}' is ${type}: name the columns of numbers in features`,
        { column: name, type },
      )
    }
    const [vector, scale] = [table.getChildAt(at), field.type.scale ?? 0]
    for (let row = 0; row < rows; row++) data[row * columns + column] = numberOf(vector?.get(row), scale)
  })
  return datasetOf({ data, rows, columns }, { ...options, features })
}

function numberOf(value: unknown, scale: number): number {
  if (value === null || value === undefined) return Number.NaN
  return value instanceof Uint32Array ? decimalOf(value, scale) : Number(value)
}

// Decimals come as words of 32 bits, the lowest first, in two's complement.
function decimalOf(words: Uint32Array, scale: number): number {
  const whole = BigInt.asIntN(
    words.length * 32,
    words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
  return Number(`${whole}e${-scale}`) // rounds once, where dividing would round twice
}
