import { configureDetector, type Matrix } from '@nomaly/ai-anomaly-detection'
import { createOnnxRuntime, exportOnnx, onnxDetectorIds, verifyOnnx } from '@nomaly/ai-anomaly-detection/onnx'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'

import { sample, sourceOf, worstOf } from './infrastructure/onnx/__fixtures__/sample.ts'

const runtime = createOnnxRuntime()

const single = (x: Matrix): Matrix => ({ ...x, data: x.data.map(Math.fround) })

// In this very thread: a thread for each of some hundred files would take most of the time.
async function scoresOf(file: Uint8Array, { data, rows, columns }: Matrix): Promise<Float64Array> {
  const session = await InferenceSession.create(file)
  const isFloat = session.inputMetadata[0]?.isTensor === true && session.inputMetadata[0].type === 'float32'
  const tensor = isFloat
    ? new Tensor('float32', Float32Array.from(data), [rows, columns])
    : new Tensor('float64', data, [rows, columns])
  const { score } = await session.run({ rows: tensor }, ['score'])
  await session.release()
  return Float64Array.from(score?.data as Float64Array) // or Float32Array: numbers
}

const VARIANTS: ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>]> = [
  ...onnxDetectorIds.map((id) => [id, {}] as const),
  ['eif', { extensionLevel: 1 }],
  ['hbos', { nBins: 40, tol: 0.1 }],
  ['pca', { method: 'mahalanobis', nComponents: 2 }],
  ['pca', { standardization: false, nSelectedComponents: 1 }],
  ['knn', { method: 'mean', metric: 'manhattan' }],
  ['knn', { method: 'median', metric: 'chebyshev', nNeighbors: 6 }],
  ['lof', { metric: 'chebyshev' }],
  ['gmm', { nComponents: 3 }],
  ['gmm', { nComponents: 2, covarianceType: 'diag' }],
  ['ocsvm', { kernel: 'linear' }],
  ['ocsvm', { kernel: 'poly', degree: 2, coef0: 1 }],
  ['ocsvm', { kernel: 'sigmoid', gamma: 0.02 }],
  ['cblof', { useWeights: true, alpha: 0.5 }],
]

describe.each(VARIANTS)('an exported %s %o', (id, parameters) => {
  const train = sample(250, 4, 1)
  const fresh = sample(120, 4, 7)
  // Ranks in float files compare rounded values with rounded values: as the double rows compare.
  const isRanked = ['ecod', 'copod'].includes(id)

  it.each([
    ['double', 1e-9],
    ['float', 1e-6],
  ] as const)('scores as its model in %s', async (dtype, allowed) => {
    const float = dtype === 'float'
    const fitted = configureDetector(id, parameters).fit(train, { seed: 1 })
    const source = sourceOf(fitted, 0.5)
    const file = await exportOnnx(source, { float })
    for (const x of [train, fresh]) {
      const expected = fitted.score(float && !isRanked ? single(x) : x)
      expect(worstOf(await scoresOf(file, x), expected)).toBeLessThanOrEqual(allowed)
    }
  })

  it('scores as its model where it has a single column, whose factors onnxruntime would round', async () => {
    const x = sample(80, 1, 3)
    const fitted = configureDetector(id, parameters).fit(x, { seed: 2 })

    expect(worstOf(await scoresOf(await exportOnnx(sourceOf(fitted, 0)), x), fitted.score(x))).toBeLessThanOrEqual(1e-9)
  })

  it.each([
    ['rows that are all alike', { data: new Float64Array(120).fill(3.7), rows: 40, columns: 3 }],
    ['few rows', sample(12, 2, 4)],
  ] as const)('scores as its model that was fitted to %s', async (_, x) => {
    const most = { nNeighbors: 3, nClusters: 2, nComponents: 1, nSelectedComponents: 1 }
    const few = Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, most[key as 'nNeighbors'] ?? value]),
    ) // of most, or its own
    const asked = ['knn', 'lof'].includes(id)
      ? { ...few, nNeighbors: 3 }
      : id === 'cblof'
        ? { ...few, nClusters: 2 }
        : few
    const fitted = configureDetector(id, asked).fit(x, { seed: 2 })
    const queries = { ...x, data: x.data.map((value, i) => value + (i % 5 === 0 ? 0.5 : 0)) }
    const file = await exportOnnx(sourceOf(fitted, 0))
    for (const rows of [x, queries]) {
      expect(worstOf(await scoresOf(file, rows), fitted.score(rows))).toBeLessThanOrEqual(1e-9)
    }
  })
})

it('verifies a file by rows such as its model has learned from', async () => {
  const source = sourceOf(configureDetector('loda').fit(sample(100, 4, 1)), 0.5)

  await expect(verifyOnnx(runtime, await exportOnnx(source), source)).resolves.toMatchObject({
    rows: 128,
    allowed: 1e-9,
  })
  const float = await exportOnnx(source, { float: true })
  await expect(verifyOnnx(runtime, float, source)).resolves.toMatchObject({ rows: 128, allowed: 1e-6 })
})
