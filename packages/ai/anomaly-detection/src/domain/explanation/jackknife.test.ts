import { describe, expect, it } from 'vitest'

import { groupedFit } from './jackknife.ts'

const ONE = Float64Array.of(1)

describe('groupedFit', () => {
  it('gives a mean of ten draws the standard error s / sqrt(10), as by hand', () => {
    // 1 to 10: mean 5.5, s^2 = 82.5 / 9. Each draw is a group of its own.
    const fit = groupedFit(1)
    for (let draw = 0; draw < 10; draw++) fit.addSampled(ONE, draw + 1, 1, draw)
    expect(fit.solve()?.solution[0]).toBeCloseTo(5.5, 12)
    expect(fit.standardErrors((solution) => solution)[0]).toBeCloseTo(Math.sqrt(82.5 / 9 / 10), 12)
  })

  it('weighs rows and penalizes: 2 and 8 at weights 3 and 1 with a penalty of 1 make 14 / 5', () => {
    const fit = groupedFit(1)
    fit.addFixed(ONE, 2, 3)
    fit.addFixed(ONE, 8, 1)
    expect(fit.solve(Float64Array.of(1))?.solution[0]).toBeCloseTo(14 / 5, 12)
    expect([...fit.standardErrors((solution) => solution)]).toEqual([0])
  })

  it('has no solution where the rows do not determine one', () => {
    expect(groupedFit(2).solve()).toBeUndefined()
    const same = groupedFit(2)
    for (let i = 0; i < 5; i++) same.addFixed(Float64Array.of(1, 1), i, 1)
    expect(same.solve()).toBeUndefined()
  })
})
