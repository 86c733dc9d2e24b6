import type { FittedDetector, Matrix } from '@nomaly/ai-anomaly-detection'
import type { OnnxSource } from '@nomaly/ai-anomaly-detection/onnx'

/** Three groups, columns of different scale, one of whole numbers with ties, one that follows another. */
export function sample(rows: number, columns: number, seed: number): Matrix {
  const data = new Float64Array(rows * columns)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const noise = Math.sin(seed + row * 12.9898 + column * 78.233) * 43_758.5453
      const uniform = noise - Math.floor(noise)
      data[at] = column === 2 ? Math.floor(uniform * 9) : uniform * (column + 1) + (row % 3) * 4
      if (column === 1) data[at] = (data[at] ?? 0) + 0.8 * (data[at - 1] ?? 0)
    }
  }
  return { data, rows, columns }
}

/** What is exported of a detector that has just been fitted. */
export function sourceOf({ id, parameters, columns, state }: FittedDetector, threshold: number): OnnxSource {
  const features = Array.from({ length: columns }, (_, i) => `f${i}`)
  return { algorithm: id, parameters, features, threshold, state }
}

/** The largest difference, as a share of the score's size (of 1 where that is smaller). */
export const worstOf = (found: Float64Array, expected: Float64Array): number =>
  expected.reduce(
    (worst, score, i) => Math.max(worst, Math.abs((found[i] ?? NaN) - score) / Math.max(1, Math.abs(score))),
    0,
  )

