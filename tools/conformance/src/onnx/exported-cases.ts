import { configureDetector, type Matrix } from '@nomaly/ai-anomaly-detection'
import { exportOnnx, onnxDetectorIds, type OnnxPrecision } from '@nomaly/ai-anomaly-detection/onnx'

/** An exported model, rows for it, and the scores that they have here. */
export interface ExportedCase {
  readonly name: string
  readonly dtype: OnnxPrecision
  readonly file: Uint8Array
  readonly rows: Matrix
  readonly scores: Float64Array
}

/** How far scores may lie apart, as a share of their size (of 1 where that is smaller). */
export const ALLOWED: Readonly<Record<OnnxPrecision, number>> = { double: 1e-9, float: 1e-6 }

const VARIANTS: ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>]> = [
  ...onnxDetectorIds.map((id) => [id, {}] as const),
  ['pca', { method: 'mahalanobis' }],
  ['knn', { method: 'mean', metric: 'manhattan' }],
  ['knn', { method: 'median', metric: 'chebyshev' }],
  ['gmm', { nComponents: 3 }],
  ['gmm', { nComponents: 3, covarianceType: 'diag' }],
  ['ocsvm', { kernel: 'linear' }],
  ['ocsvm', { kernel: 'poly' }],
  ['ocsvm', { kernel: 'sigmoid', gamma: 0.02 }],
  ['cblof', { useWeights: true }],
]
// Their float files compare rounded values with rounded values: as the double rows compare.
const RANKED = new Set(['ecod', 'copod'])

/** Every detector that can be exported, with its kinds, in double and in float. */
export async function exportedCases(): Promise<ReadonlyArray<ExportedCase>> {
  const train = threeGroups(300, 1)
  const fresh = threeGroups(100, 5)
  const rows = { ...train, data: Float64Array.of(...train.data, ...fresh.data), rows: train.rows + fresh.rows }
  const cases: ExportedCase[] = []
  for (const [id, parameters] of VARIANTS) {
    const fitted = configureDetector(id, parameters).fit(train, { seed: 1 })
    const { state } = fitted
    const threshold = Float64Array.from(fitted.score(train)).sort()[280] ?? 0
    const features = Array.from({ length: train.columns }, (_, i) => `f${i}`)
    for (const dtype of ['double', 'float'] as const) {
      const source = { algorithm: id, parameters: fitted.parameters, features, threshold, state }
      const file = await exportOnnx(source, { float: dtype === 'float' })
      const isRounded = dtype === 'float' && !RANKED.has(id)
      const seen = isRounded ? { ...rows, data: rows.data.map(Math.fround) } : rows
      const name = [id, ...Object.values(parameters), dtype].join('-')
      cases.push({ name, dtype, file, rows, scores: fitted.score(seen) })
    }
  }
  return cases
}

// Four columns: one follows another, one has few whole numbers.
function threeGroups(rows: number, seed: number): Matrix {
  const columns = 4
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
