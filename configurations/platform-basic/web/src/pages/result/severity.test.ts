import { describe, expect, it } from 'vitest'

import { lanesOf, severityOf } from './severity.ts'

describe('severity', () => {
  it.each([
    [null, 4, 0],
    [4, 4, 0],
    [4.5, 4, 1],
    [5, 4, 2],
    [8, 4, 3],
    [0.5, 0, 1],
    [-1, -2, 1],
  ])('of %d over %d is %d', (score, threshold, severity) => {
    expect(severityOf(score, threshold)).toBe(severity)
  })

  it('of a part of an axis is the gravest in it', () => {
    const anomalies = [
      { x: 0, severity: 1 },
      { x: 4, severity: 3 },
      { x: 4.9, severity: 2 },
      { x: 10, severity: 2 },
      { x: -1, severity: 3 },
    ] as const
    expect(lanesOf(anomalies, [0, 10], 2)).toEqual([3, 2])
  })
})
