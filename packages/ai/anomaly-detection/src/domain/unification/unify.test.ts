import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// pyod 3.6.5 and scipy 1.17.1: see make_golden.py there
import golden from '../combination/__fixtures__/combination.json' with { type: 'json' }
import { type UnificationMethod, unificationOf } from './unification.ts'
import { unify } from './unify.ts'

const methods = ['rank', 'z-score', 'min-max', 'regularized', 'gaussian', 'gamma'] as const
const unified = (
  training: ReadonlyArray<number>,
  scores: ReadonlyArray<number>,
  method: UnificationMethod,
): number[] => [...unify(unificationOf(Float64Array.from(training), method), Float64Array.from(scores))]

describe('unify', () => {
  it('agrees with values worked by hand', () => {
    // training 1, 2, 2, 5: mean 2.5, variance (2.25 + 0.25 + 0.25 + 6.25) / 4 = 2.25, sd 1.5, median 2, from 1 to 5
    const training = [1, 2, 2, 5]
    expect(unified(training, [0, 1, 2, 4, 9], 'rank')).toEqual([0, 1 / 8, 4 / 8, 6 / 8, 1])
    expect(unified(training, [1, 2.5, 5.5], 'z-score')).toEqual([-1, 0, 2])
    expect(unified(training, [0, 1, 2, 5, 9], 'min-max')).toEqual([0, 0, 0.25, 1, 1])
    expect(unified(training, [1, 2, 3.5, 5, 6], 'regularized')).toEqual([0, 0, 0.5, 1, 1])
    // one and two standard deviations: 68.27 % and 95.45 %
    const [below, one = 0, two = 0] = unified(training, [2, 4, 5.5], 'gaussian')
    expect(below).toBe(0)
    expect(one).toBeCloseTo(0.6827, 4)
    expect(two).toBeCloseTo(0.9545, 4)
    // shifted 0, 1, 1, 4: mean 1.5, shape 1.5^2 / 2.25 = 1, so exponential of mean 1.5: 1 - exp(-s/1.5) / exp(-1)
    const [atMean, at4 = 0] = unified(training, [2.5, 5], 'gamma')
    expect(atMean).toBe(0)
    expect(at4).toBeCloseTo(1 - Math.exp(1 - 4 / 1.5), 12)
  })

  it('takes the base of regularization from the definition of the score, where it has one', () => {
    const by = (training: number[], base?: number) => {
      const unification = unificationOf(Float64Array.from(training), 'regularized', { base })
      return [...unify(unification, Float64Array.of(0.5, 1, 2, 3, 4))]
    }
    expect(by([0.9, 2, 3], 1)).toEqual([0, 0, 0.5, 1, 1]) // (S - 1) / (3 - 1)
    expect(by([0.9, 2, 3])).toEqual([0, 0, 0, 1, 1]) // from the median
    expect(by([0.7, 0.9], 1)).toEqual([0, 0, 1, 1, 1]) // none above: the spread is 1
  })

  it('inverts scores that are minus a scale by their logarithm', () => {
    // S: e^4, e^2, 1, and 0, which counts as half of the least: -ln(S / e^4) = 0, 2, 4, 4 + ln 2
    const training = Float64Array.of(-Math.exp(4), -Math.exp(2), -1, 0)
    const by = (method: UnificationMethod, scores: Float64Array) => [
      ...unify(unificationOf(training, method, { base: 0, isMinusScale: true }), scores),
    ]
    const [lowest, inner = 0, one = 0, zero = 0, deeper] = by(
      'regularized',
      Float64Array.of(-Math.exp(4), -Math.exp(2), -1, 0, -1e9),
    )
    const high = 4 + Math.LN2
    expect(lowest).toBeCloseTo(0, 14)
    expect(inner).toBeCloseTo(2 / high, 14)
    expect(one).toBeCloseTo(4 / high, 14)
    expect(zero).toBeCloseTo(1, 14)
    expect(deeper).toBe(0)
    for (const method of ['rank', 'z-score', 'min-max'] as const) {
      expect(by(method, training)).toEqual([...unify(unificationOf(training, method), training)])
    }
  })

  it.each(methods)('%s: inverted scores are finite and in order, whatever they are', (method) => {
    const below = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, max: 0 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(below, below, (training, fresh) => {
        const unification = unificationOf(Float64Array.from(training), method, { isMinusScale: true })
        const result = unify(unification, Float64Array.from(fresh).sort())
        for (const [row, value] of result.entries()) {
          expect(Number.isFinite(value)).toBe(true)
          expect(value).toBeGreaterThanOrEqual((result[row - 1] ?? -Infinity) - 1e-14)
        }
      }),
    )
  })

  it.each([
    ['min-max', golden.linear],
    ['gaussian', golden.unify],
    ['gamma', golden.gamma],
  ] as const)('%s agrees with the reference', (method, expected) => {
    const actual = unified(golden.train[0] ?? [], golden.new[0] ?? [], method)
    for (const [row, value] of expected.entries()) expect(actual[row]).toBeCloseTo(value, 12)
  })

  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  const scores = fc.array(fc.oneof(finite, fc.integer({ min: -2, max: 2 })), { minLength: 1, maxLength: 20 })

  it.each(methods)('%s: finite and in the order of the scores, whatever they are', (method) => {
    fc.assert(
      fc.property(scores, scores, (training, fresh) => {
        const sorted = Float64Array.from(fresh).sort()
        const result = unified(training, [...sorted], method)
        for (const [row, value] of result.entries()) {
          expect(Number.isFinite(value)).toBe(true)
          // the gamma function is computed by two formulas, which meet to rounding only
          expect(value).toBeGreaterThanOrEqual((result[row - 1] ?? -Infinity) - 1e-14)
          if (method !== 'z-score') expect(value >= 0 && value <= 1).toBe(true)
        }
      }),
    )
  })

  it.each(methods)('%s: training scores that are all alike, or nearly, stay alike', (method) => {
    const near = Array.from({ length: 30 }, (_, i) => 0.1 + (i % 3) * 2 ** -56)
    for (const training of [[7], [0, 0, 0], [-1e300, -1e300], [5e-324, 5e-324], near]) {
      const result = unified(training, training, method)
      for (const value of result) expect(value).toBeCloseTo(method === 'rank' ? 0.5 : 0, 0)
      expect(Math.max(...result) - Math.min(...result)).toBeLessThan(method === 'rank' ? 1 : 1e-15)
    }
  })

  it('is of one scale, whatever the unit of the scores', () => {
    for (const method of methods) {
      const plain = unified([1, 2, 2, 5, 3], [0, 1, 4, 9], method)
      for (const unit of [2 ** 1000, 2 ** -1060]) {
        const training = [1, 2, 2, 5, 3].map((score) => score * unit)
        expect(
          unified(
            training,
            [0, 1, 4, 9].map((score) => score * unit),
            method,
          ),
        ).toEqual(plain)
      }
    }
  })
})
