import { adbench, detectorLaws, hasReferenceData, referenceJson, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { whitenedSquaresOf } from '../linear-algebra/whitened-squares.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { reweighted } from '../robust/reweighting.ts'
import { estimateOf } from '../robust/subset-estimate.ts'
import golden from './__fixtures__/mcd.json' with { type: 'json' }
import { mcd, type McdParameters } from './mcd.ts'

const defaults: McdParameters = { supportFraction: null, assumeCentered: false, consistency: 'median' }
const context = (seed = 1) => ({ random: seededRandom(seed) })
const matrixOf = (rows: ReadonlyArray<ReadonlyArray<number>>) => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
})
const largestError = (scores: Float64Array, expected: ReadonlyArray<number>): number => {
  expect(scores).toHaveLength(expected.length)
  return Math.max(...Array.from(scores, (score, row) => Math.abs(score / (expected[row] ?? Number.NaN) - 1)))
}

describe('mcd', () => {
  it('measures by the rows that the tightest ones do not find too far out', () => {
    // 0 1 2 3 4 100. The tightest 4, say 0 1 2 3, have mean 1.5 and variance 1.25. Squared distances 1.8 0.2 0.2 1.8 5 7761.8, their
    // median 1.8, so that the limit is 1.8 * 5.024 / 0.455 = 19.9: all but 100 count. Mean 2, variance 2: squares over 2.
    const { trainingScores } = mcd.fit(matrixOf([[0], [1], [2], [3], [4], [100]]), defaults, context())
    const expected = [2, 0.5, 0, 0.5, 2, 98 ** 2 / 2]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 9))
  })

  it('takes the center to be 0 when told so', () => {
    // All count (support 1): mean square of 1 1 2 2 is 2.5, whose asymptotic factor at a share of 1 is 1; then the cut's
    const x = matrixOf([[1], [-1], [2], [2]])
    const { trainingScores } = mcd.fit(x, { ...defaults, supportFraction: 1, assumeCentered: true }, context())
    for (const [row, value] of [1, 1, 4, 4].entries()) expect(trainingScores()[row]).toBeCloseTo(value / 2.5, 12)
  })

  it('agrees with scikit-learn 1.9 on asymptotic consistency', () => {
    const parameters = { ...defaults, consistency: 'asymptotic' } as const
    const scores = mcd.fit(matrixOf(golden.rows), parameters, context()).trainingScores()
    expect(largestError(scores, golden.scores)).toBeLessThan(1e-9)
  })

  it('is no matter of units', () => {
    const x = matrixOf(golden.rows)
    const expected = mcd.fit(x, defaults, context()).trainingScores()
    const units = [2 ** -700, 3, 2 ** 900]
    const scaled = { ...x, data: x.data.map((value, at) => value * (units[at % 3] ?? 1)) }
    const { state, trainingScores } = mcd.fit(scaled, defaults, context())
    trainingScores().forEach((score, row) => expect(score / (expected[row] ?? 0)).toBeCloseTo(1, 9))
    expect(mcd.score(state, scaled)).toEqual(trainingScores())
  })

  it('finds rows that break an equation the others keep', () => {
    const random = seededRandom(4)
    const rows = Array.from({ length: 100 }, () => {
      const [a, b] = [random(), random()]
      return [a, b, a + b]
    })
    rows[7] = [0.5, 0.5, 1.1]
    const scores = mcd.fit(matrixOf(rows), defaults, context()).trainingScores()
    expect(scores.indexOf(Math.max(...scores))).toBe(7)
  })

  detectorLaws(
    it,
    'mcd',
    () => ({
      fit: (x, seed, signal) => mcd.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => mcd.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false },
  )
})

describe.skipIf(!hasReferenceData)(`mcd against PyOD 3.6.5 on scikit-learn 1.2.1${referenceNote}`, () => {
  const reference = (name: string) =>
    referenceJson(`scores/${name}_mcd_best.json`) as {
      readonly n_support: number
      readonly raw_support: ReadonlyArray<number>
      readonly scores_zscore: ReadonlyArray<number>
    }

  it('glass: every row to 1e-9', () => {
    const scores = mcd.fit(standardized(adbench('glass')), defaults, context()).trainingScores()
    expect(largestError(scores, reference('glass').scores_zscore)).toBeLessThan(1e-9)
  })

  it('vertebral: every row to 1e-8 from the same tightest rows; by itself it finds tighter ones', () => {
    // A direction has 7e-9 of the variance, so no more digits are known.
    const x = standardized(adbench('vertebral'))
    const { raw_support, n_support, scores_zscore } = reference('vertebral')
    const raw = estimateOf(x, Int32Array.from(raw_support), false)
    const { estimate } = reweighted(x, raw, n_support, false, 'median')
    const ones = new Float64Array(x.columns).fill(1)
    const scores = whitenedSquaresOf(x, ones, estimate.center, estimate.whitening)
    expect(largestError(scores, scores_zscore)).toBeLessThan(1e-8)
  })

  const { datasets } = hasReferenceData
    ? (referenceJson('adbench_pyod.json') as {
        datasets: Record<string, { algos: { MCD: { auc: number; auc_std?: number } } }>
      })
    : { datasets: {} }
  // mammography: tighter rows than scikit-learn's search finds (0.61, by seed 0.47 to 0.73), so that only the bound counts.
  it.each(['Hepatitis', 'glass', 'vertebral', 'breastw', 'Pima', 'thyroid', 'shuttle', 'mammography'])(
    '%s: mean ROC-AUC of five seeds',
    { timeout: 60_000 },
    (name) => {
      const x = standardized(adbench(name))
      const aucs = [0, 1, 2, 3, 4].map((seed) => rocAuc(mcd.fit(x, defaults, context(seed)).trainingScores(), x.labels))
      const { auc, auc_std = 0 } = datasets[name]?.algos.MCD ?? { auc: Number.NaN }
      const above = aucs.reduce((a, b) => a + b) / aucs.length - auc
      expect(above).toBeGreaterThan(-Math.max(0.01, 3 * auc_std))
      if (name !== 'mammography') expect(above).toBeLessThan(Math.max(0.01, 3 * auc_std))
    },
  )
})
