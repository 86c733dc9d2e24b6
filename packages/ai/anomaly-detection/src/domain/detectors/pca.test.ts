import {
  adbench,
  detectorLaws,
  hasReferenceData,
  type LabelledSet,
  referenceJson,
  referenceNote,
  standardized,
} from '@nomaly/tool-laws'
import { describe, expect, it, vi } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { pca, type PcaParameters } from './pca.ts'

const context = { random: seededRandom(0) }
const asPyod: PcaParameters = {
  nComponents: null,
  nSelectedComponents: null,
  weighted: true,
  standardization: true,
  method: 'pyod',
}
const asShyu: PcaParameters = { ...asPyod, method: 'mahalanobis' }
const scoresOf = (set: LabelledSet, parameters: PcaParameters) => pca.fit(set, parameters, context).trainingScores()
const matrixOf = (rows: ReadonlyArray<ReadonlyArray<number>>) => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
})

describe('pca', () => {
  // Both features have mean 0 and population variance (4 + 4 + 1 + 1) / 4 = 2.5, covariance (4 + 4 - 1 - 1) / 4 = 1.5.
  // Standardized the correlation is 0.6: components (1, 1) / r and (1, -1) / r with r = sqrt 2, variances 1.6 and 0.4.
  const cross = matrixOf([
    [2, 2],
    [-2, -2],
    [1, -1],
    [-1, 1],
  ])

  it('sums squared projections over their variances (mahalanobis)', () => {
    // z = x / sqrt 2.5. (2, 2): projections 4 / (r sqrt 2.5) and 0, (16 / 5) / 1.6 = 2. (1, -1): (4 / 5) / 0.4 = 2.
    const scores = pca.fit(cross, asShyu, context).trainingScores()
    for (const score of scores) expect(score).toBeCloseTo(2, 14)
  })

  it('sums distances to the components over their shares of the variance (pyod)', () => {
    // Shares 0.8 and 0.2; signs: rows 0 and 1 are equally far along (1, 1), the first is on the positive side.
    // |z - v|^2 = |z|^2 + 1 - 2 z.v. Row 0: |z|^2 = 8 / 2.5 = 3.2, z.v = sqrt 3.2 and 0.
    const scores = pca.fit(cross, asPyod, context).trainingScores()
    expect(scores[0]).toBeCloseTo((Math.sqrt(3.2) - 1) / 0.8 + Math.sqrt(4.2) / 0.2, 12)
    expect(scores[1]).toBeCloseTo((Math.sqrt(3.2) + 1) / 0.8 + Math.sqrt(4.2) / 0.2, 12)
    // Rows 2 and 3: |z|^2 = 0.8, z.v = 0 and +-sqrt 0.8
    expect(scores[2]).toBeCloseTo(Math.sqrt(1.8) / 0.8 + (1 - Math.sqrt(0.8)) / 0.2, 12)
    expect(scores[3]).toBeCloseTo(Math.sqrt(1.8) / 0.8 + (1 + Math.sqrt(0.8)) / 0.2, 12)
  })

  it('scores by the last of the components that it keeps', () => {
    const last = { ...asShyu, nSelectedComponents: 1 }
    expect(pca.fit(cross, last, context).trainingScores()[0]).toBeCloseTo(0, 14)
    const first = { ...asShyu, nComponents: 1 }
    expect(pca.fit(cross, first, context).trainingScores()[2]).toBeCloseTo(0, 14)
  })

  it('does not divide by the variance where not weighted', () => {
    // |z|^2, as all components count
    const scores = pca.fit(cross, { ...asShyu, weighted: false }, context).trainingScores()
    expect(scores[0]).toBeCloseTo(3.2, 14)
    expect(scores[2]).toBeCloseTo(0.8, 14)
  })

  const random = seededRandom(3)
  const cloud = { data: Float64Array.from({ length: 900 }, () => random() + random() ** 3), rows: 300, columns: 3 }

  it('is a Mahalanobis distance: no matter how features are moved or scaled', () => {
    const expected = pca.fit(cloud, asShyu, context).trainingScores()
    const units = [1e-200, 3, 7e160]
    const moved = { ...cloud, data: cloud.data.map((value, at) => (value + (at % 3)) * (units[at % 3] ?? 1)) }
    const scores = pca.fit(moved, asShyu, context).trainingScores()
    scores.forEach((score, row) => expect(score / (expected[row] ?? 0)).toBeCloseTo(1, 10))
    const plain = pca.fit(cloud, { ...asShyu, standardization: false }, context).trainingScores()
    plain.forEach((score, row) => expect(score / (expected[row] ?? 0)).toBeCloseTo(1, 10))
    const far = { ...cloud, data: cloud.data.map((value) => value * 2 ** 1000) }
    const inOtherUnits = pca.fit(far, { ...asShyu, standardization: false }, context).trainingScores()
    inOtherUnits.forEach((score, row) => expect(score / (expected[row] ?? 0)).toBeCloseTo(1, 10))
  })

  it.each([asPyod, asShyu, { ...asPyod, standardization: false }, { ...asShyu, standardization: false }])(
    'scores training rows as new rows the same, alone or together %#',
    (parameters) => {
      const { state, trainingScores } = pca.fit(cloud, parameters, context)
      const scores = pca.score(state, cloud)
      expect(scores).toEqual(trainingScores())
      const one = { data: cloud.data.slice(600, 603), rows: 1, columns: 3 }
      expect(pca.score(state, one)[0]).toBe(scores[200])
    },
  )

  it('leaves out what does not vary, and scores 0 where nothing does', () => {
    const wide = { ...cloud, columns: 4, data: new Float64Array(1200) }
    for (let row = 0; row < 300; row++) wide.data.set([...cloud.data.subarray(row * 3, row * 3 + 3), 0.1], row * 4)
    const { state, trainingScores } = pca.fit(wide, asShyu, context)
    expect(state.weights.length).toBe(3)
    const expected = pca.fit(cloud, asShyu, context).trainingScores()
    trainingScores().forEach((score, row) => expect(score / (expected[row] ?? 0)).toBeCloseTo(1, 10))
    expect(pca.fit(matrixOf([[0.1], [0.1], [0.1]]), asPyod, context).trainingScores()).toEqual(new Float64Array(3))
    expect(pca.fit(matrixOf([[5, 6]]), asPyod, context).trainingScores()).toEqual(new Float64Array(1))
  })

  for (const parameters of [
    asPyod,
    asShyu,
    { ...asPyod, standardization: false },
    { ...asShyu, standardization: false },
  ]) {
    const name = `pca (${parameters.method}${parameters.standardization ? '' : ', as it stands'})`
    detectorLaws(it, name, () => ({
      fit: (x, seed, signal) => pca.fit(x, parameters, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => pca.score(state, x, { signal }),
    }))
  }
})

describe.skipIf(!hasReferenceData)(`pca against PyOD 3.6.5${referenceNote}`, () => {
  it.each([
    ['Hepatitis', 1e-9],
    ['glass', 1e-9],
    ['vertebral', 1e-6], // a share of 7e-9 is only known to so many digits
    ['Ionosphere', 1e-9],
    ['breastw', 1e-9],
  ])('%s: every row to %d', (name, tolerance) => {
    const reference = referenceJson(`scores/${name}_pca.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const errors = Array.from(scoresOf(x, asPyod), (score, row) => Math.abs(score / (reference[key]?.[row] ?? 0) - 1))
      expect(errors).toHaveLength(x.rows)
      expect(Math.max(...errors)).toBeLessThan(tolerance)
    }
  })

  it.each([1, 2, 3, 7, 8, 33])(
    'learns and scores %d columns the same without WebAssembly, to the last bit',
    (columns) => {
      const random = seededRandom(columns)
      const ordinary = Float64Array.from({ length: 531 * columns }, (_, at) => random() * (1 + (at % columns)) - 0.5)
      const extreme = ordinary.map((value, at) => (at === 200 * columns ? 1e300 : value)) // a column of another unit
      const far = ordinary.map((value, at) => (at === 5 * columns ? 1e300 : value))
      const runs = () =>
        [asPyod, asShyu, { ...asPyod, standardization: false, nSelectedComponents: 3 }].flatMap((parameters) =>
          [ordinary, extreme].map((data) => {
            const x = { data, rows: 531, columns }
            const { state, trainingScores } = pca.fit(x, parameters, context)
            return [state, trainingScores(), pca.score(state, { ...x, data: far })]
          }),
        )
      const found = runs()
      try {
        vi.stubGlobal('WebAssembly', undefined)
        expect(runs()).toEqual(found)
      } finally {
        vi.unstubAllGlobals()
      }
    },
  )

  const { datasets } = hasReferenceData
    ? (referenceJson('adbench_pyod.json') as {
        readonly datasets: Readonly<
          Record<string, { readonly algos: { readonly PCA: { readonly auc: number } }; readonly pca_variants: object }>
        >
      })
    : { datasets: {} }

  it.each([
    'Hepatitis',
    'glass',
    'vertebral',
    'Ionosphere',
    'breastw',
    'Pima',
    'cardio',
    'thyroid',
    'satimage-2',
    'pendigits',
    'musk',
    'mammography',
  ])('%s: the same ROC-AUC', (name) => {
    const set = standardized(adbench(name))
    const expected = datasets[name]
    expect(Math.abs(rocAuc(scoresOf(set, asPyod), set.labels) - (expected?.algos.PCA.auc ?? 0))).toBeLessThan(0.002)
    const variants = expected?.pca_variants as { readonly auc_mahalanobis: number }
    expect(Math.abs(rocAuc(scoresOf(set, asShyu), set.labels) - variants.auc_mahalanobis)).toBeLessThan(0.002)
  })
})
