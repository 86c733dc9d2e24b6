import { AnomalyDetectionError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'

const WORST_RATIO = 1e4 // single precision then tells 600 places within a column's spread from each other

/**
 * Refuses columns that single precision cannot hold: those whose values lie far from 0 for their spread, such as times in
 * milliseconds.
 * @param landmarks - rows such as the model has learned from
 * @param movesScores - whether rounding moves their scores; asked where a column has no spread to go by
 * @throws AnomalyDetectionError `onnx-float-refused` naming the column
 */
export function checkFloatColumns(
  { data, rows, columns }: Matrix,
  features: ReadonlyArray<string>,
  movesScores: () => boolean,
): void {
  for (let column = 0; column < columns; column++) {
    let low = Infinity
    let high = -Infinity
    for (let at = column; at < rows * columns; at += columns) {
      low = Math.min(low, data[at] as number)
      high = Math.max(high, data[at] as number)
    }
    if (isHeld(low, high, movesScores)) continue
    const middle = low + (high - low) / 2
    throw floatRefused(
      `'${features[column] ?? column}' lies around ${Number(middle.toPrecision(3))} with a spread of ${Number((high - low).toPrecision(3))}, and single precision cannot tell its values apart`,
      { column: features[column] ?? column, middle, spread: high - low },
    )
  }
}

function isHeld(low: number, high: number, movesScores: () => boolean): boolean {
  if (Math.abs(Math.fround(low)) === Infinity || Math.abs(Math.fround(high)) === Infinity) return false
  if (high > low) return Math.abs(low + (high - low) / 2) <= WORST_RATIO * (high - low)
  return Math.fround(low) === low || !movesScores()
}

/** The error for a model whose scores would be others in single precision. */
export function floatRefused(reason: string, details: Readonly<Record<string, unknown>>): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-float-refused',
    `a float model would score otherwise: ${reason}; export it in double precision`,
    details,
  )
}
