/**
 * Scoring one column by itself: how far a value lies outside a span, in units of a scale. A row's score is the largest
 * of its columns', so that one wild value is enough, whatever the others are.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { copyColumn } from '../numeric/column.ts'

/** What is normal in one column; `low` and `high` are one where it has a centre instead. */
export interface Span {
  readonly low: number
  readonly high: number
  /** >= 0 */
  readonly scale: number
}

/** A span a column, shapes (columns), in the column's unit times its factor, a power of two: 1 but for extremes. */
export interface ColumnSpans {
  readonly columns: number
  readonly factors: Float64Array
  readonly lows: Float64Array
  readonly highs: Float64Array
  readonly scales: Float64Array
}

/**
 * @param spanOf - reads a column's values, shape (rows), which it may rearrange
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function columnSpansOf(
  x: Matrix,
  spanOf: (values: Float64Array) => Span,
  signal: AbortSignal | undefined,
): ColumnSpans {
  const { rows, columns } = x
  const factors = new Float64Array(columns)
  const lows = new Float64Array(columns)
  const highs = new Float64Array(columns)
  const scales = new Float64Array(columns)
  const values = new Float64Array(rows)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
    copyColumn(x, column, values)
    const factor = 2 ** scaleExponentOf(magnitudeOf(values, 0, rows))
    if (factor !== 1) for (let row = 0; row < rows; row++) values[row] = (values[row] ?? 0) * factor
    const { low, high, scale } = spanOf(values)
    factors[column] = factor
    lows[column] = low
    highs[column] = high
    scales[column] = scale
  }
  return { columns, factors, lows, highs, scales }
}

/**
 * The largest over the columns of (how far outside the span) / scale; negative inside one. Where a column's scale is 0
 * a value in the span has 0 and every other the largest double. Shape (x.rows).
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function scoreBySpans(spans: ColumnSpans, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  throwIfCancelled(signal)
  const { columns, factors, lows, highs, scales } = spans
  const scores = new Float64Array(x.rows).fill(-Number.MAX_VALUE)
  for (let row = 0, at = 0; row < x.rows; row++) {
    let largest = -Number.MAX_VALUE
    for (let column = 0; column < columns; column++, at++) {
      const value = (x.data[at] as number) * (factors[column] as number)
      const outside = Math.max((lows[column] as number) - value, value - (highs[column] as number))
      const score = inUnitsOf(scales[column] as number, outside)
      if (score > largest) largest = score
    }
    scores[row] = largest
  }
  return scores
}

/** `off / scale` held to the doubles; 0 / 0 is 0. */
export function inUnitsOf(scale: number, off: number): number {
  if (scale > 0) return Math.max(-Number.MAX_VALUE, Math.min(off / scale, Number.MAX_VALUE))
  return off > 0 ? Number.MAX_VALUE : 0
}
