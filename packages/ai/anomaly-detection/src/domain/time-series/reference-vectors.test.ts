/** The vectors of ../shared/reference/timeseries, see its README for where each comes from. */
import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { median } from '../numeric/order-statistic.ts'
import { autocorrelation, highestPeak } from './autocorrelation.ts'
import { generalisedEsd } from './generalised-esd.ts'
import { HoltWinters, type HoltWintersKind } from './holt-winters.ts'
import { discordsOf } from './matrix-profile/discords.ts'
import { LeftMatrixProfile } from './matrix-profile/left-matrix-profile.ts'
import { matrixProfile } from './matrix-profile/matrix-profile.ts'
import { multidimensionalProfile } from './matrix-profile/multidimensional-profile.ts'
import { findPeriod } from './period.ts'
import { spectralResidual } from './spectral-residual.ts'
import { stl } from './stl.ts'

type Numbers = ReadonlyArray<number>

interface StlVectors {
  readonly series: Numbers
  readonly cases: ReadonlyArray<{
    readonly params: {
      readonly period: number
      readonly seasonal: number
      readonly seasonal_deg?: 0 | 1
      readonly robust: boolean
    }
    readonly trend: Numbers
    readonly seasonal: Numbers
    readonly resid: Numbers
  }>
}

interface EsdVectors {
  readonly R: Numbers
  readonly critical: Numbers
  readonly removed: Numbers
  readonly outliers: Numbers
}

interface EsdSample extends EsdVectors {
  readonly x: Numbers
  readonly k: number
  readonly alpha: number
}

interface HoltWintersVectors {
  readonly series: Numbers
  readonly level: number
  readonly trend: number
  readonly season: Numbers
  readonly forecast: Numbers
  readonly end: { readonly level: number; readonly trend: number; readonly season: Numbers }
}

interface ProfileVectors {
  readonly name: string
  readonly series: Numbers
  readonly m: number
  readonly exclusion: number
  readonly profile: Numbers
  readonly index: Numbers
  readonly left_profile: ReadonlyArray<number | null>
  readonly left_index: Numbers
  readonly top_discord: number
}

function vectors(name: string): unknown {
  return referenceJson(`timeseries/${name}.json`)
}

function closeTo(found: ArrayLike<number>, expected: ArrayLike<number | null>, tolerance: number): void {
  expect(found.length).toBe(expected.length)
  for (let at = 0; at < expected.length; at++) {
    const value = expected[at] ?? null
    if (value === null) expect(found[at]).toBeNaN()
    else expect(Math.abs((found[at] ?? Number.NaN) - value), `at ${at}`).toBeLessThanOrEqual(tolerance)
  }
}

describe.skipIf(!hasReferenceData)(`reference vectors of time series${referenceNote}`, () => {
  it('STL, plain, robust and of degree 0', () => {
    const { series, cases } = vectors('stl') as StlVectors
    for (const { params, trend, seasonal, resid } of cases) {
      const found = stl(Float64Array.from(series), {
        period: params.period,
        seasonal: params.seasonal,
        seasonalDegree: params.seasonal_deg,
        robust: params.robust,
      })
      closeTo(found.trend, trend, 1e-6)
      closeTo(found.seasonal, seasonal, 1e-6)
      closeTo(found.residual, resid, 1e-6)
    }
  })

  it('autocorrelation and period', () => {
    const { acf, period } = vectors('acf') as { readonly acf: Numbers; readonly period: number }
    const series = Float64Array.from((vectors('stl') as StlVectors).series)
    const found = autocorrelation(series, acf.length - 1)

    closeTo(found, acf, 1e-9)
    expect(highestPeak(found)).toBe(period)
    expect(findPeriod(series)?.length).toBe(period)
  })

  it.each<HoltWintersKind>(['additive', 'multiplicative'])('Holt-Winters, %s', (kind) => {
    const all = vectors('holt-winters') as {
      readonly params: { readonly alpha: number; readonly beta: number; readonly gamma: number }
      readonly additive: HoltWintersVectors
      readonly multiplicative: HoltWintersVectors
    }
    const { series, level, trend, season, forecast, end } = all[kind]
    const { alpha, beta, gamma } = all.params
    let smoothing = new HoltWinters(kind, { alpha, beta, gamma }, { level, trend, season })
    const found = series.map((value, t) => {
      // stopped and gone on with in the middle
      if (t === 61) smoothing = HoltWinters.fromJSON(JSON.parse(JSON.stringify(smoothing)))
      const { value: next } = smoothing.forecast()
      smoothing.learn(value)
      return next
    })

    closeTo(found, forecast, 1e-8)
    expect(smoothing.state.level).toBeCloseTo(end.level, 8)
    expect(smoothing.state.trend).toBeCloseTo(end.trend, 8)
    closeTo(smoothing.state.season, end.season, 1e-8)
  })

  it('generalised ESD: plain, hybrid, seasonal', () => {
    const all = vectors('esd') as {
      readonly rosner_54: EsdSample
      readonly hybrid: EsdSample
      readonly seasonal: {
        readonly residual: Numbers
        readonly k: number
        readonly alpha: number
        readonly esd: EsdVectors
        readonly hybrid: EsdVectors
      }
    }
    const same = (values: Numbers, k: number, alpha: number, hybrid: boolean, expected: EsdVectors): void => {
      const found = generalisedEsd(Float64Array.from(values), { maxOutliers: k, alpha, hybrid })
      closeTo(found.statistics, expected.R, 1e-6)
      closeTo(found.critical, expected.critical, 1e-6)
      expect(Array.from(found.removed)).toEqual(expected.removed)
      expect(Array.from(found.outliers)).toEqual(expected.outliers)
    }
    same(all.rosner_54.x, all.rosner_54.k, all.rosner_54.alpha, false, all.rosner_54)
    same(all.hybrid.x, all.hybrid.k, all.hybrid.alpha, true, all.hybrid)
    const series = Float64Array.from((vectors('stl') as StlVectors).series)
    const { seasonal } = stl(series, { period: 24, seasonal: 7, robust: true })
    const middle = median(series)
    const residual = series.map((value, t) => value - (seasonal[t] ?? 0) - middle)
    closeTo(residual, all.seasonal.residual, 1e-6)
    same(Array.from(residual), all.seasonal.k, all.seasonal.alpha, false, all.seasonal.esd)
    same(Array.from(residual), all.seasonal.k, all.seasonal.alpha, true, all.seasonal.hybrid)
  })

  it('spectral residual', () => {
    const { params, series, saliency, score, top } = vectors('spectral-residual') as {
      readonly params: { readonly q: number; readonly z: number }
      readonly series: Numbers
      readonly saliency: Numbers
      readonly score: Numbers
      readonly top: number
    }
    const found = spectralResidual(Float64Array.from(series), { bins: params.q, points: params.z })

    closeTo(found.saliency, saliency, 1e-8)
    closeTo(found.scores, score, 1e-8)
    expect(found.scores.indexOf(Math.max(...found.scores))).toBe(top)
  })

  it('matrix profile and left matrix profile, in batch, of several series at once, and on a stream', () => {
    const { cases } = vectors('matrix-profile') as { readonly cases: ReadonlyArray<ProfileVectors> }
    for (const one of cases) {
      const series = Float64Array.from(one.series)
      const found = matrixProfile(series, one.m)
      closeTo(found.distances, one.profile, 1e-6)
      closeTo(found.leftDistances, one.left_profile, 1e-6)
      expect(found.exclusion).toBe(one.exclusion)
      expect(discordsOf(found, 1)[0]?.at, one.name).toBe(one.top_discord)
      closeTo(multidimensionalProfile([series, series], one.m).distances[1] ?? [], one.profile, 1e-6)
      for (const [at, index] of one.index.entries()) {
        const other = found.nearest[at] ?? -1
        if (other !== index) expect(distance(one, at, other)).toBeCloseTo(distance(one, at, index), 8) // a tie
      }
      for (const [at, index] of one.left_index.entries()) {
        const other = found.leftNearest[at] ?? -1
        if (other !== index) expect(distance(one, at, other)).toBeCloseTo(distance(one, at, index), 8)
      }
      const stream = new LeftMatrixProfile({ length: one.m, history: Math.max(4 * one.m, series.length), warmUp: 0 })
      for (const [t, value] of one.series.entries()) {
        const score = stream.scoreThenLearn([value])
        const expected = one.left_profile[t - one.m + 1] ?? null
        if (stream.learned > 2 * one.m && expected !== null) expect(score, `${one.name} ${t}`).toBeCloseTo(expected, 6)
      }
    }
  })
})

function distance({ series, m }: ProfileVectors, i: number, j: number): number {
  const normal = (from: number): Numbers => {
    const values = series.slice(from, from + m)
    const mean = values.reduce((sum, value) => sum + value / m, 0)
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / m, 0))
    return values.map((value) => (value - mean) / deviation)
  }
  const other = normal(j)
  return Math.sqrt(normal(i).reduce((sum, value, k) => sum + (value - (other[k] ?? 0)) ** 2, 0))
}
