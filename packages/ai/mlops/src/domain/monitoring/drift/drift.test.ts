import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import golden from '../__fixtures__/evidently.json' with { type: 'json' } // evidently 0.7.23, scipy 1.17.1: see make_evidently.py
import { columnOf } from '../column.ts'
import { countsInBins, decileEdges, sharesOf } from './bins.ts'
import { chiSquared, twoProportions } from './counts-tests.ts'
import { automaticMethod, type DriftMethod, featureDrift } from './feature-drift.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { type Sample, sampleOf } from './sample.ts'
import { hellinger, jensenShannon, lInfinity, populationStability } from './share-distances.ts'
import { wasserstein } from './wasserstein.ts'

const sample = (values: ReadonlyArray<unknown>, kind: 'numeric' | 'categorical' = 'numeric'): Sample =>
  sampleOf(
    columnOf(
      values.map((x) => ({ x })),
      'x',
      kind,
    ),
  )
const ours: Record<string, DriftMethod> = {
  ks: 'kolmogorov-smirnov',
  chisquare: 'chi-squared',
  z: 'z',
  wasserstein: 'wasserstein',
  jensenshannon: 'jensen-shannon',
}

describe('the automatic choice', () => {
  it.each(golden.cases)('is that of Evidently: $name', ({ kind, reference, window, method, score, homogeneity }) => {
    const [a, b] = [reference, window].map((values) => sample(values, kind as 'numeric' | 'categorical'))
    if (a === undefined || b === undefined) throw new Error('two samples')
    expect(automaticMethod(a, b)).toBe(ours[method])
    const found = featureDrift(a, b)
    // Evidently takes the reference's shares for exact; we hold two samples against each other, as SciPy's chi2_contingency.
    if (homogeneity !== undefined) expect(found?.statistic).toBeCloseTo(homogeneity.statistic, 9)
    const expected = homogeneity?.p ?? (method === 'jensenshannon' ? score / Math.sqrt(Math.LN2) : score)
    expect(found?.pValue ?? found?.statistic).toBeCloseTo(expected, 9)
    expect(found?.drifted).toBe(['ks', 'chisquare', 'z'].includes(method) ? expected < 0.05 : expected >= 0.1)
  })

  it('says nothing where either side is empty', () => {
    expect(featureDrift(sample([1, 2]), sample([null, Number.NaN]))).toBeUndefined()
  })

  it('refuses a method that does not fit', () => {
    const names = sample(['a', 'b', 'c'], 'categorical')
    expect(() => featureDrift(names, names, { method: 'wasserstein' })).toThrow(/column x is categorical/)
    expect(() => featureDrift(names, names, { method: 'z' })).toThrow(/3 different values/)
  })
})

describe(`the reference vectors${referenceNote}`, () => {
  interface Case {
    a: number[]
    b: number[]
    ks: { statistic: number; p_exact: number }
    psi: { inner_edges: number[]; psi: number }
    js: { distance: number }
    hellinger: number
    wasserstein_1: number
  }
  const vectors = () =>
    referenceJson('drift/two-sample.json') as {
      cases: Case[]
      chi_square: { table: [number[], number[]]; chi2: number; p: number }[]
    }

  it.skipIf(!hasReferenceData)('agree', () => {
    const { cases, chi_square: tables } = vectors()
    expect(cases.length).toBe(4)
    for (const { a, b, ks, psi, js, hellinger: h, wasserstein_1: w } of cases) {
      const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()]
      const edges = decileEdges(x)
      expect([...edges].map((edge, i) => edge - (psi.inner_edges[i] ?? NaN)).every((d) => Math.abs(d) < 1e-12)).toBe(
        true,
      )
      const [p, q] = [sharesOf(countsInBins(x, edges)), sharesOf(countsInBins(y, edges))]
      expect(kolmogorovSmirnov(x, y).statistic).toBeCloseTo(ks.statistic, 12)
      expect(kolmogorovSmirnov(x, y).pValue / ks.p_exact).toBeCloseTo(1, 8)
      expect(populationStability(p, q)).toBeCloseTo(psi.psi, 9)
      expect(jensenShannon(p, q)).toBeCloseTo(js.distance, 9)
      expect(hellinger(p, q)).toBeCloseTo(h, 9)
      expect(wasserstein(x, y)).toBeCloseTo(w, 9)
    }
    for (const { table, chi2, p } of tables) {
      const found = chiSquared(...table)
      expect(found.statistic).toBeCloseTo(chi2, 9)
      expect(found.pValue).toBeCloseTo(p, 9)
    }
  })
})

describe('worked by hand', () => {
  it('Kolmogorov-Smirnov of 1 2 3 and 4 5 6: the whole distance, as one of C(6,3) = 20 orders each way', () => {
    const { statistic, pValue } = kolmogorovSmirnov(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))
    expect(statistic).toBe(1)
    expect(pValue).toBeCloseTo(2 / 20, 12)
  })

  it('Kolmogorov-Smirnov of 5000 and 5000, 136 apart: x = 136/5000 sqrt(2500) = 1.36, 2 exp(-2 x^2) = 0.049487', () => {
    const a = Float64Array.from({ length: 5000 }, (_, i) => i)
    const { pValue } = kolmogorovSmirnov(
      a,
      a.map((value) => value + 136),
    )
    expect(pValue).toBeCloseTo(0.049487, 5)
  })

  it('Wasserstein of 0 1 3 and 5 6 8 is the shift of 5; of 0 and 0 10 half of the way', () => {
    expect(wasserstein(Float64Array.of(0, 1, 3), Float64Array.of(5, 6, 8))).toBeCloseTo(5, 12)
    expect(wasserstein(Float64Array.of(0), Float64Array.of(0, 10))).toBeCloseTo(5, 12)
  })

  it('two proportions, 30 of 100 and 45 of 100: 0.15 / sqrt(0.375 0.625 2/100) = 2.1909', () => {
    const { statistic, pValue } = twoProportions(30, 100, 45, 100)
    expect(statistic).toBeCloseTo(2.1909, 4)
    expect(pValue).toBeCloseTo(0.02846, 5)
    expect(twoProportions(0, 5, 0, 9)).toEqual({ statistic: 0, pValue: 1 })
  })

  it('distances of (1/2, 1/2) from (1, 0)', () => {
    const [a, b] = [
      [0.5, 0.5],
      [1, 0],
    ]
    expect(lInfinity(a, b)).toBe(0.5)
    expect(hellinger(a, b)).toBeCloseTo(Math.sqrt(1 - Math.SQRT1_2), 12)
    // 1/2 [1/2 log2(2/3) + 1/2 log2 2] + 1/2 log2(4/3) = 0.311278
    expect(jensenShannon(a, b) ** 2).toBeCloseTo(0.311278, 6)
    // 1/2 ln 2 + (1e-4 - 1/2) ln(2e-4)
    expect(populationStability(a, b)).toBeCloseTo(0.5 * Math.LN2 + (1e-4 - 0.5) * Math.log(2e-4), 12)
  })
})

describe('every method', () => {
  const methods: DriftMethod[] = [
    'kolmogorov-smirnov',
    'chi-squared',
    'wasserstein',
    'jensen-shannon',
    'psi',
    'hellinger',
    'l-infinity',
  ]
  const lists = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 })

  it.each(methods)('%s finds no drift of a sample from itself, and none below 0', (method) => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const self = featureDrift(sample(a), sample([...a].reverse()), { method })
        expect(self?.statistic).toBeCloseTo(0, 12)
        expect(self?.drifted).toBe(false)
        const other = featureDrift(sample(a), sample(b), { method })
        expect(other?.statistic).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(other?.statistic)).toBe(true)
        if (other?.pValue !== undefined) expect(other.pValue >= 0 && other.pValue <= 1 + 1e-12).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
