import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { averagePrecision } from './average-precision.ts'
import { precisionAtN } from './precision-at-n.ts'
import { rocAuc } from './roc-auc.ts'

const labelled = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 60 })
  .filter((rows) => new Set(rows.map(([, label]) => label)).size === 2)
  .map((rows) => ({ scores: Float64Array.from(rows, ([s]) => s), labels: Uint8Array.from(rows, ([, l]) => l) }))

describe('rocAuc', () => {
  it('counts a tie half', () => {
    // anomalies 3 and 2 against normal 2 and 1: 3>2, 3>1, 2=2 (half), 2>1: 3.5 of 4
    expect(rocAuc(Float64Array.of(3, 2, 2, 1), Uint8Array.of(1, 1, 0, 0))).toBe(0.875)
  })

  it('is the share of pairs in the right order', () => {
    fc.assert(
      fc.property(labelled, ({ scores, labels }) => {
        let right = 0
        let pairs = 0
        scores.forEach((a, i) =>
          scores.forEach((b, j) => {
            if (labels[i] !== 1 || labels[j] !== 0) return
            pairs++
            right += a > b ? 1 : a === b ? 0.5 : 0
          }),
        )
        expect(rocAuc(scores, labels)).toBeCloseTo(right / pairs, 12)
      }),
    )
  })

  it('refuses labels of one kind, and another number of them', () => {
    expect(() => rocAuc(Float64Array.of(1, 2), Uint8Array.of(0, 0))).toThrow(/all 2 labels are 0/)
    expect(() => rocAuc(Float64Array.of(1, 2), Uint8Array.of(1))).toThrow(/2 scores need as many labels/)
  })
})

describe('averagePrecision', () => {
  it('steps from one distinct score to the next', () => {
    // 0.9 anomaly: recall 1/2 at precision 1; 0.8 normal; 0.7 anomaly: recall gains 1/2 at precision 2/3: 1/2 + 1/3
    expect(averagePrecision(Float64Array.of(0.9, 0.8, 0.7, 0.1), Uint8Array.of(1, 0, 1, 0))).toBeCloseTo(5 / 6, 14)
    // all tied: one step of recall 1 at precision 1/4, as scikit-learn's average_precision_score gives
    expect(averagePrecision(Float64Array.of(1, 1, 1, 1), Uint8Array.of(1, 0, 0, 0))).toBe(0.25)
  })
})

describe('precisionAtN', () => {
  it('counts ties at the cut by their expected share', () => {
    // two anomalies: the top row is one; two rows tie for the second place, one of them an anomaly: (1 + 1/2) / 2
    expect(precisionAtN(Float64Array.of(9, 5, 5, 1), Uint8Array.of(1, 1, 0, 0))).toBe(0.75)
  })

  it('does not depend on the order of the rows, and lies in [0, 1]', () => {
    fc.assert(
      fc.property(labelled, ({ scores, labels }) => {
        const value = precisionAtN(scores, labels)
        expect(precisionAtN(scores.toReversed(), labels.toReversed())).toBeCloseTo(value, 12)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
    )
  })
})
