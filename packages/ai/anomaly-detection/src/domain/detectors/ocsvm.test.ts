import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/ocsvm.json' with { type: 'json' }
import { ocsvm, type OcsvmParameters } from './ocsvm.ts'

const context = { random: seededRandom(0) }
const defaults: OcsvmParameters = {
  kernel: 'rbf',
  nu: 0.5,
  degree: 3,
  gamma: 'auto',
  coef0: 0,
  tol: 1e-3,
  shrinking: true,
  cacheSize: 200,
}
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})
const train = matrixOf(golden.columns, golden.train)
const largest = (values: Iterable<number>) => Math.max(...Array.from(values, Math.abs))

describe('ocsvm', () => {
  it('weighs two rows alike: rho is half of 1 + k, and so is the score of a row far from both', () => {
    // Sum of the weights nu n = 1; by symmetry 1/2 each. Gradient (1 + e^-1) / 2 at both rows, both free: rho is just that.
    const { state, trainingScores } = ocsvm.fit(matrixOf(1, [0, 1]), { ...defaults, tol: 1e-9 }, context)
    for (const score of trainingScores()) expect(score).toBeCloseTo(0, 7)
    expect(ocsvm.score(state, matrixOf(1, [99]))[0]).toBeCloseTo((1 + Math.exp(-1)) / 2, 7)
    // halfway: both kernels are e^-1/4
    expect(ocsvm.score(state, matrixOf(1, [0.5]))[0]).toBeCloseTo((1 + Math.exp(-1)) / 2 - Math.exp(-1 / 4), 7)
  })

  it('finds the half-space of a linear kernel', () => {
    // Weights sum to 1.5 and minimise (a1 + 2 a2 + 3 a3)^2: 1, 1/2, 0. w = 2, gradient 2, 4, 6; row 2 is free: rho 4.
    const { state, trainingScores } = ocsvm.fit(matrixOf(1, [1, 2, 3]), { ...defaults, kernel: 'linear' }, context)
    expect([...trainingScores()]).toEqual([2, 0, -2])
    expect([...ocsvm.score(state, matrixOf(1, [0, 2.5]))]).toEqual([4, -1])
  })

  it('puts every row at its bound where nu is 1', () => {
    // Both weights 1: gradient 1 + e^-1 at both rows, and no row to say where the cut lies but these.
    const { state, trainingScores } = ocsvm.fit(matrixOf(1, [0, 1]), { ...defaults, nu: 1 }, context)
    expect([...trainingScores()]).toEqual([0, 0])
    expect(ocsvm.score(state, matrixOf(1, [99]))[0]).toBeCloseTo(1 + Math.exp(-1), 6)
  })

  // libsvm and this solver both stand on kernels of single precision; a cube magnifies their rounding.
  it.each([
    ['rbf', 1e-6],
    ['rbf-scale', 1e-6],
    ['poly', 2e-3],
    ['sigmoid', 1e-6],
  ] as const)('%s: scores near the optimum are those of libsvm, to %d of the largest', (name, tolerance) => {
    const { parameters, scores, freshScores } = golden.cases[name]
    const chosen = { ...defaults, tol: 1e-8, ...parameters } as OcsvmParameters // kernel is a string in JSON
    const fitted = ocsvm.fit(train, chosen, context)
    const scale = largest(scores)
    for (const [actual, expected] of [
      [fitted.trainingScores(), scores],
      [ocsvm.score(fitted.state, train), scores],
      [ocsvm.score(fitted.state, matrixOf(golden.columns, golden.fresh)), freshScores],
    ] as const) {
      expect(largest(actual.map((score, row) => score - (expected[row] ?? Number.NaN))) / scale).toBeLessThan(tolerance)
    }
  })

  it('scores alike with little room for kernel rows, and within the tolerance without shrinking', () => {
    const random = seededRandom(3)
    const x = { data: Float64Array.from({ length: 6000 }, () => random() + random()), rows: 3000, columns: 2 }
    const parameters = { ...defaults, gamma: 2, nu: 0.1 }
    const scores = ocsvm.fit(x, parameters, context).trainingScores()
    expect(ocsvm.fit(x, { ...parameters, cacheSize: 0.1 }, context).trainingScores()).toEqual(scores)
    const unshrunk = ocsvm.fit(x, { ...parameters, shrinking: false }, context).trainingScores()
    expect(largest(unshrunk.map((score, row) => score - (scores[row] ?? Number.NaN)))).toBeLessThan(5e-3)
    const outside = scores.filter((score) => score > 1e-3).length
    expect(outside).toBeLessThanOrEqual(300) // nu bounds the share of rows outside
    expect(outside).toBeGreaterThan(270)
  })

  it.each(['linear', 'poly', 'sigmoid'] as const)('%s: finite scores for finite rows of any magnitude', (kernel) => {
    for (const factor of [0, 5e-324, 1e-200, 1, 1e100, 1e300, 1.7e308]) {
      const x = matrixOf(
        2,
        Array.from({ length: 40 }, (_, at) => factor * Math.sin(at)),
      )
      for (const gamma of ['auto', 'scale', 5e-324, 1e300] as const) {
        const { state, trainingScores } = ocsvm.fit(x, { ...defaults, kernel, gamma }, context)
        const wild = matrixOf(2, [1.7e308, -1.7e308, 5e-324, 0, -1, 1e200])
        for (const score of [...trainingScores(), ...ocsvm.score(state, wild)]) expect(score).toSatisfy(Number.isFinite)
      }
    }
  })

  detectorLaws(
    it,
    'ocsvm (rbf)',
    () => ({
      fit: (x, seed, signal) => ocsvm.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => ocsvm.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false }, // the solver starts from the first rows and stops within its tolerance
  )
})

describe.skipIf(!hasReferenceData)(`ocsvm against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'thyroid', 'musk'])(
    '%s: the same ROC-AUC',
    (name) => {
      const set = standardized(adbench(name))
      const auc = rocAuc(ocsvm.fit(set, defaults, context).trainingScores(), set.labels)
      expect(Math.abs(auc - pyodFigures(name, 'OCSVM').auc)).toBeLessThan(0.002)
    },
  )
})
