import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { benjaminiHochberg } from '../significance/benjamini-hochberg.ts'
import { chiSquareTail } from '../significance/chi-square-tail.ts'
import { kolmogorovTail } from '../significance/kolmogorov-tail.ts'
import { augmentedDickeyFuller } from '../time-series/augmented-dickey-fuller.ts'
import { autocorrelation, seasonOf } from '../time-series/autocorrelation.ts'
import { cramersV, mutualInformation } from './association.ts'
import { categoriesOf, contingencyTable } from './contingency-table.ts'
import { correlationTables } from './correlation-tables.ts'
import { kendall } from './kendall.ts'
import { bivariateNormalCdf, normalCdf } from './normal-distribution.ts'
import { pearson, spearman } from './pearson.ts'
import { rankedColumn } from './ranked-column.ts'

interface Golden {
  readonly columns: Readonly<Record<string, ReadonlyArray<number | string | null>>>
  readonly pearson: ReadonlyArray<ReadonlyArray<number>>
  readonly spearman: ReadonlyArray<ReadonlyArray<number>>
  readonly kendall: ReadonlyArray<ReadonlyArray<number>>
  readonly cramersV: ReadonlyArray<ReadonlyArray<number>>
  readonly phiK: ReadonlyArray<ReadonlyArray<number>>
  readonly mutualInformation: ReadonlyArray<ReadonlyArray<number>>
  readonly series: Readonly<Record<string, GoldenSeries>>
  readonly chiSquareTail: ReadonlyArray<readonly [number, number, number]>
  readonly benjaminiHochberg: { readonly p: ReadonlyArray<number>; readonly adjusted: ReadonlyArray<number> }
  readonly kolmogorov: ReadonlyArray<readonly [number, number, number, number]>
  readonly normalCdf: ReadonlyArray<readonly [number, number]>
  readonly bivariateNormalCdf: ReadonlyArray<readonly [number, number, number, number]>
}

interface GoldenSeries {
  readonly values: ReadonlyArray<number>
  readonly adf: { readonly statistic: number; readonly pValue: number; readonly lags: number }
  readonly acf: ReadonlyArray<number>
}

// Made by __fixtures__/make_relations_golden.py, which names the versions.
const golden = JSON.parse(
  readFileSync(new URL('__fixtures__/relations_golden.json', import.meta.url), 'utf8'),
) as Golden
const names = Object.keys(golden.columns)
const sample = {
  rows: 240,
  complete: true,
  columns: Object.entries(golden.columns).map(([name, values]) => ({
    name,
    kind: names.indexOf(name) < 4 ? ('float' as const) : ('text' as const),
    values,
  })),
}

describe('correlations as pandas, SciPy, scikit-learn and phik compute them', () => {
  const tables = new Map(correlationTables(sample, 1).map((table) => [table.method as string, table]))
  it.each([
    ['pearson', golden.pearson, 1e-12],
    ['spearman', golden.spearman, 1e-12],
    ['kendall', golden.kendall, 1e-12],
    ['cramers-v', golden.cramersV, 1e-12],
    ['phi-k', golden.phiK, 2e-4], // phik integrates by random points
  ])('%s', (method, expected, tolerance) => {
    const values = tables.get(method)?.values ?? []
    for (const [i, value] of expected.flat().entries()) {
      // Bias correction keeps V of a column with itself below 1 by no more than rounding.
      expect(Math.abs((values[i] ?? Number.NaN) - value), `${method} ${i}`).toBeLessThan(tolerance)
    }
    expect(values).toHaveLength(expected.length ** 2)
  })

  it('mutual information in nats', () => {
    const words = ['kind', 'group', 'mixed'].map((name) => categoriesOf(golden.columns[name] ?? []))
    for (const [i, x] of words.entries()) {
      for (const [j, y] of words.entries()) {
        expect(mutualInformation(contingencyTable(x, y))).toBeCloseTo(golden.mutualInformation[i]?.[j] ?? NaN, 12)
      }
    }
  })
})

describe('tests of significance as SciPy and statsmodels compute them', () => {
  it.each(Object.entries(golden.series))('%s: unit root and autocorrelation', (_, { values, adf, acf }) => {
    const test = augmentedDickeyFuller(values)
    expect(test?.lags).toBe(adf.lags)
    expect(test?.statistic).toBeCloseTo(adf.statistic, 8)
    expect(test?.pValue).toBeCloseTo(adf.pValue, 8)
    for (const [lag, r] of autocorrelation(values, 5).entries()) expect(r).toBeCloseTo(acf[lag] ?? NaN, 12)
  })

  it('finds the season of twelve and none in noise', () => {
    expect(seasonOf(golden.series['season']?.values ?? [])?.period).toBe(12)
    expect(seasonOf(golden.series['still']?.values ?? [])?.autocorrelation ?? 0).toBeLessThan(0.3)
  })

  it('tails of distributions, and adjusted p-values', () => {
    for (const [x, degrees, tail] of golden.chiSquareTail) {
      expect(Math.abs(chiSquareTail(x, degrees) / tail - 1)).toBeLessThan(1e-10)
    }
    for (const [x, p] of golden.normalCdf) expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(1e-12)
    for (const [h, k, rho, p] of golden.bivariateNormalCdf) expect(bivariateNormalCdf(h, k, rho)).toBeCloseTo(p, 6)
    // As ks_2samp's asymptotic method: exact of one sample of the effective size, which Stephens' correction approaches.
    for (const [d, n, m, p] of golden.kolmogorov) expect(Math.abs(kolmogorovTail(d, n, m) / p - 1)).toBeLessThan(0.03)
    const { p, adjusted } = golden.benjaminiHochberg
    for (const [i, value] of benjaminiHochberg(p).entries()) expect(value).toBeCloseTo(adjusted[i] ?? NaN, 12)
  })
})

it('says nothing of columns that do not vary or have no rows in common', () => {
  const [same, one, other] = [
    [1, 1, 1],
    [1, 2, NaN],
    [NaN, NaN, 3],
  ].map((values) => rankedColumn(values))
  for (const measure of [spearman, kendall]) {
    expect(measure(same ?? rankedColumn([]), one ?? rankedColumn([]))).toBeNull()
    expect(measure(one ?? rankedColumn([]), other ?? rankedColumn([]))).toBeNull()
  }
  expect(pearson(new Float64Array(0), new Float64Array(0))).toBeNull()
  expect(cramersV(contingencyTable(categoriesOf(['a', 'a']), categoriesOf(['b', 'c'])))).toBeNull()
  expect(augmentedDickeyFuller(Array.from({ length: 40 }, () => 3))).toBeUndefined()
})

it('counts pairs as tau is defined, on any small table with ties and missing values', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NaN))
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 12 }), (rows) => {
      const known = rows.filter(([x, y]) => !Number.isNaN(x + y))
      let [balance, untiedX, untiedY] = [0, 0, 0]
      for (const [i, [x, y]] of known.entries()) {
        for (const [u, v] of known.slice(i + 1)) {
          balance += Math.sign(u - x) * Math.sign(v - y)
          untiedX += Number(u !== x)
          untiedY += Number(v !== y)
        }
      }
      const tau = kendall(rankedColumn(rows.map(([x]) => x)), rankedColumn(rows.map(([, y]) => y)))
      if (untiedX * untiedY === 0) expect(tau).toBeNull()
      else expect(tau).toBeCloseTo(balance / Math.sqrt(untiedX * untiedY), 12)
    }),
    { numRuns: 100 },
  )
})
