import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import type { Matrix } from '../../matrix.ts'
import { median } from '../../numeric/order-statistic.ts'
import { seededRandom } from '../../numeric/seeded-random.ts'
import { standardNormal } from '../../numeric/standard-normal.ts'
import { andersonDarling } from './anderson-darling.ts'
import { ascending } from './ascending.ts'
import { classifierTest } from './classifier-test.ts'
import { chiSquared, fisherExact } from './counts-tests.ts'
import { cramerVonMises } from './cramer-von-mises.ts'
import { energyTest } from './energy-test.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { mannWhitney } from './mann-whitney.ts'
import { maximumMeanDiscrepancy } from './mmd.ts'
import { adjustPValues } from './p-value-corrections.ts'
import { poolRare } from './pool-rare.ts'
import { energyDistance, wasserstein } from './sample-distances.ts'
import { decileEdges, sharesInBins } from './share-bins.ts'
import { hellinger, jensenShannon, populationStability } from './share-distances.ts'
import { welch } from './welch.ts'

interface Vectors {
  readonly cases: ReadonlyArray<{
    readonly name: string
    readonly a: ReadonlyArray<number>
    readonly b: ReadonlyArray<number>
    readonly ks: { readonly statistic: number; readonly p_exact: number; readonly p_asymptotic: number }
    readonly cvm: { readonly statistic: number; readonly p_asymptotic: number }
    readonly mann_whitney: { readonly U_a: number; readonly p_asymptotic_continuity: number }
    readonly welch_t: { readonly t: number; readonly p: number }
    readonly wasserstein_1: number
    readonly energy_distance_scipy: number
    readonly anderson_darling_2: { readonly statistic_normalised_midrank: number }
    readonly psi: { readonly inner_edges: ReadonlyArray<number>; readonly psi: number }
    readonly js: { readonly divergence_bits: number; readonly distance: number }
    readonly hellinger: number
  }>
  readonly mmd: {
    readonly x: ReadonlyArray<ReadonlyArray<number>>
    readonly y: ReadonlyArray<ReadonlyArray<number>>
    readonly median_squared_distance: number
    readonly gamma: number
    readonly mmd2_unbiased: number
    readonly mmd2_biased: number
  }
  readonly chi_square: ReadonlyArray<{
    readonly table: readonly [number[], number[]]
    readonly chi2: number
    readonly p: number
  }>
  readonly fisher: ReadonlyArray<{
    readonly table: readonly [[number, number], [number, number]]
    readonly odds_ratio: number | null
    readonly p_two_sided: number
  }>
  readonly corrections: {
    readonly p: ReadonlyArray<number>
    readonly bonferroni: ReadonlyArray<number>
    readonly benjamini_hochberg: ReadonlyArray<number>
  }
}

const matrixOf = (rows: ReadonlyArray<ReadonlyArray<number>>): Matrix => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
})

const relative = (found: number, expected: number): number => Math.abs(found - expected) / Math.abs(expected)

describe(`the vectors of two samples${referenceNote}`, () => {
  const vectors = (): Vectors => referenceJson('drift/two-sample.json') as Vectors

  it.skipIf(!hasReferenceData)('agree on numbers', () => {
    const { cases } = vectors()
    expect(cases.length).toBe(4)
    for (const vector of cases) {
      const [a, b] = [ascending(vector.a), ascending(vector.b)]
      const ks = kolmogorovSmirnov(a, b)
      expect(ks.statistic).toBeCloseTo(vector.ks.statistic, 12)
      expect(relative(ks.pValue, vector.ks.p_exact)).toBeLessThan(1e-9)
      const cvm = cramerVonMises(a, b)
      expect(cvm.statistic).toBeCloseTo(vector.cvm.statistic, 9)
      expect(relative(cvm.pValue, vector.cvm.p_asymptotic)).toBeLessThan(1e-6)
      const u = mannWhitney(a, b)
      expect(u.statistic).toBe(vector.mann_whitney.U_a)
      expect(relative(u.pValue, vector.mann_whitney.p_asymptotic_continuity)).toBeLessThan(1e-9)
      const t = welch(a, b)
      expect(t.statistic).toBeCloseTo(vector.welch_t.t, 9)
      expect(relative(t.pValue, vector.welch_t.p)).toBeLessThan(1e-9)
      expect(wasserstein(a, b)).toBeCloseTo(vector.wasserstein_1, 9)
      expect(energyDistance(a, b)).toBeCloseTo(vector.energy_distance_scipy, 9)
      expect(andersonDarling(a, b).statistic).toBeCloseTo(vector.anderson_darling_2.statistic_normalised_midrank, 9)
      const edges = decileEdges(a)
      expect(Array.from(edges, (edge, i) => Math.abs(edge - (vector.psi.inner_edges[i] ?? NaN)) < 1e-9)).not.toContain(
        false,
      )
      const shares = [sharesInBins(a, edges), sharesInBins(b, edges)] as const
      expect(populationStability(...shares)).toBeCloseTo(vector.psi.psi, 9)
      expect(jensenShannon(...shares)).toBeCloseTo(vector.js.distance, 9)
      expect(jensenShannon(...shares) ** 2).toBeCloseTo(vector.js.divergence_bits, 9)
      expect(hellinger(...shares)).toBeCloseTo(vector.hellinger, 9)
    }
  })

  it.skipIf(!hasReferenceData)('of Kolmogorov-Smirnov agree by the limit', () => {
    for (const { a, b, ks } of vectors().cases) {
      const { pValue } = kolmogorovSmirnov(ascending(a), ascending(b), 'limit')
      expect(relative(pValue, ks.p_asymptotic)).toBeLessThan(1e-6)
    }
  })

  it.skipIf(!hasReferenceData)('agree on rows', () => {
    const { x, y, gamma, mmd2_unbiased, mmd2_biased } = vectors().mmd
    const found = maximumMeanDiscrepancy(matrixOf(x), matrixOf(y))
    expect(found.gamma).toBeCloseTo(gamma, 9)
    expect(found.statistic).toBeCloseTo(mmd2_unbiased, 9)
    expect(found.biased).toBeCloseTo(mmd2_biased, 9)
    expect(found.pValue).toBe(1 / 200)
  })

  it.skipIf(!hasReferenceData)('agree on counts and corrections', () => {
    const { chi_square: tables, fisher, corrections } = vectors()
    for (const { table, chi2, p } of tables) {
      const found = chiSquared(...table)
      expect(found.statistic).toBeCloseTo(chi2, 9)
      expect(relative(found.pValue, p)).toBeLessThan(1e-9)
    }
    for (const { table, odds_ratio, p_two_sided } of fisher) {
      const found = fisherExact(...table)
      expect(found.statistic).toBeCloseTo(odds_ratio ?? Infinity, 9)
      expect(relative(found.pValue, p_two_sided)).toBeLessThan(1e-9)
    }
    const { p, bonferroni, benjamini_hochberg } = corrections
    adjustPValues(p, 'bonferroni').forEach((one, i) => expect(one).toBeCloseTo(bonferroni[i] ?? NaN, 12))
    adjustPValues(p, 'benjamini-hochberg').forEach((one, i) =>
      expect(one).toBeCloseTo(benjamini_hochberg[i] ?? NaN, 12),
    )
  })
})

describe('by hand', () => {
  it('Kolmogorov-Smirnov of 1 2 3 and 4 5 6 is one of C(6,3) = 20 orders, each way', () => {
    expect(kolmogorovSmirnov(ascending([3, 1, 2]), ascending([4, 5, 6])).pValue).toBeCloseTo(2 / 20, 12)
  })

  it('Holm of 0.01 0.04 0.03 is 0.03, then 2 x 0.03, then no less', () => {
    expect(adjustPValues([0.01, 0.04, 0.03], 'holm')).toEqual([0.03, 0.06, 0.06])
    expect(adjustPValues([0.5, 0.9], 'none')).toEqual([0.5, 0.9])
    expect(adjustPValues([], 'holm')).toEqual([])
  })

  it('rare categories come together until each group is expected 5 times', () => {
    // of 40 and 40: 3 + 1 and 2 + 3 make 9, expected 4.5 a side, and take the next, 5 + 6, along
    expect(poolRare([32, 3, 5, 0], [28, 1, 6, 5])).toEqual({ a: [8, 32], b: [12, 28] })
    expect(poolRare([1, 1], [1, 1])).toEqual({ a: [2], b: [2] })
  })

  it('equal samples have not drifted, constants neither, and constants apart have', () => {
    const same = ascending([5, 5, 5, 5])
    for (const test of [andersonDarling, kolmogorovSmirnov, cramerVonMises, mannWhitney, welch, energyTest]) {
      expect(test(same, same).pValue).toBe(1)
    }
    expect(welch(same, ascending([6, 6, 6, 6]))).toEqual({ statistic: -Infinity, pValue: 0 })
    expect(chiSquared([0, 0], [3, 4])).toEqual({ statistic: 0, pValue: 1 })
  })

  it('samples far apart, and large ones, are told apart with certainty', () => {
    const [a, b] = [0, 100].map((shift) => ascending(Array.from({ length: 30_000 }, (_, i) => i / 300 + shift / 4)))
    if (a === undefined || b === undefined) throw new Error('two samples')
    for (const test of [andersonDarling, kolmogorovSmirnov, cramerVonMises, mannWhitney, welch]) {
      expect(test(a, b).pValue).toBeLessThan(1e-12)
    }
    expect(energyTest(a, b, { permutations: 19 }).pValue).toBe(1 / 20)
    expect(energyTest(a, b, { permutations: 19 }).statistic).toBe(energyDistance(a, b))
  })

  it('a sample needs a value, and finite ones', () => {
    expect(() => ascending([])).toThrow(/no value/)
    expect(() => ascending([1, Number.NaN])).toThrow(/holds NaN/)
    expect(() => ascending([1, -Infinity])).toThrow(/holds -Infinity/)
  })

  it('rows have to match', () => {
    const one = matrixOf([[1], [2]])
    expect(() => maximumMeanDiscrepancy(one, matrixOf([[1, 2]]))).toThrow(/1 columns, the other 2/)
    expect(() => classifierTest(one, one)).toThrow(/needs 8 of each/)
  })
})

describe('false alarms at 5 %', () => {
  const RUNS = 3000
  const random = seededRandom(17)
  const normal = standardNormal(random)
  const sample = (size: number, of = normal): Float64Array => Float64Array.from({ length: size }, () => of()).sort()
  const rateOf = (pValue: () => number, runs = RUNS): number => {
    let alarms = 0
    for (let run = 0; run < runs; run++) if (pValue() < 0.05) alarms++
    return alarms / runs
  }
  const tests = { andersonDarling, cramerVonMises, mannWhitney, welch }

  it.each(Object.keys(tests) as Array<keyof typeof tests>)('of %s are within a point of 5 %%', (name) => {
    const test = tests[name]
    expect(Math.abs(rateOf(() => test(sample(40), sample(55)).pValue) - 0.05)).toBeLessThan(0.01)
  })

  it('of Kolmogorov-Smirnov are within a point of 5 %, where the sizes have no common divisor', () => {
    expect(Math.abs(rateOf(() => kolmogorovSmirnov(sample(67), sample(83)).pValue) - 0.05)).toBeLessThan(0.01)
  })

  it('of chi-squared are within a point of 5 %', () => {
    const counts = (): number[] => {
      const found = [0, 0, 0, 0]
      for (let row = 0; row < 120; row++) {
        const at = Math.floor(4 * random() ** 1.5)
        found[at] = (found[at] ?? 0) + 1
      }
      return found
    }
    expect(Math.abs(rateOf(() => chiSquared(counts(), counts()).pValue) - 0.05)).toBeLessThan(0.01)
  })

  it('of the permutation tests are within a point of 5 %', () => {
    const energy = rateOf(() => energyTest(sample(20), sample(25), { permutations: 99, seed: 3 }).pValue)
    expect(Math.abs(energy - 0.05)).toBeLessThan(0.01)
    const rows = (n: number): Matrix => ({ data: sample(2 * n), rows: n, columns: 2 })
    const shuffled = (n: number): Matrix => ({ ...rows(n), data: Float64Array.from({ length: 2 * n }, () => normal()) })
    const mmd = rateOf(() => maximumMeanDiscrepancy(shuffled(12), shuffled(14), { permutations: 99 }).pValue)
    expect(Math.abs(mmd - 0.05)).toBeLessThan(0.01)
  })

  it('of the classifier test are within a point of 5 %', () => {
    const rows = (n: number): Matrix => ({
      data: Float64Array.from({ length: 2 * n }, () => normal()),
      rows: n,
      columns: 2,
    })
    const rate = rateOf(() => classifierTest(rows(60), rows(60)).pValue, 1500)
    expect(Math.abs(rate - 0.05)).toBeLessThan(0.01)
  })
})

describe('a change', () => {
  const random = seededRandom(4)
  const normal = standardNormal(random)
  const rows = (n: number, row: () => ReadonlyArray<number>): Matrix => matrixOf(Array.from({ length: n }, row))

  it('of how two columns go together is seen by MMD and by the classifier alone', () => {
    const apart = rows(300, () => [normal(), normal()])
    const together = rows(300, () => {
      const value = normal()
      return [value, 0.8 * value + 0.6 * normal()]
    })
    expect(maximumMeanDiscrepancy(apart, together).pValue).toBeLessThan(0.01)
    const { statistic, pValue } = classifierTest(apart, together)
    expect(pValue).toBeLessThan(0.001)
    expect(statistic).toBeGreaterThan(0.6)
    const column = ({ data }: Matrix): Float64Array => ascending(data.filter((_, i) => i % 2 === 1))
    expect(andersonDarling(column(apart), column(together)).pValue).toBeGreaterThan(0.05)
  })

  it('of the spread alone is seen by Anderson-Darling, and the same seed gives the same p value', () => {
    const narrow = ascending(Array.from({ length: 200 }, () => normal()))
    const wide = ascending(Array.from({ length: 200 }, () => 2 * normal()))
    expect(andersonDarling(narrow, wide).pValue).toBeLessThan(1e-4)
    expect(welch(narrow, wide).pValue).toBeGreaterThan(0.05)
    expect(energyTest(narrow, wide, { seed: 9 })).toEqual(energyTest(narrow, wide, { seed: 9 }))
    expect(median(narrow)).toBeCloseTo(0, 0)
  })
})
