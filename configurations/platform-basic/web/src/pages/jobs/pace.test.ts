import { describe, expect, it } from 'vitest'

import { type Look, lookedAgain, paceOf } from './pace.ts'

const looked = (looks: ReadonlyArray<Look>): ReadonlyArray<Look> => looks.reduce<ReadonlyArray<Look>>(lookedAgain, [])

describe('the pace of a job', () => {
  it('is what was done between the first look and the last', () => {
    const looks = looked([
      { at: 5000, done: 100 },
      { at: 6000, done: 300 },
      { at: 9000, done: 900 },
    ])
    // 800 in 4 s; 1,100 are left
    expect(paceOf(looks, { total: 2000 })).toEqual({ perSecond: 200, leftMs: 5500 })
    expect(paceOf(looks, {})).toEqual({ perSecond: 200, leftMs: undefined })
  })

  it('cannot be said at first, nor while nothing moves', () => {
    expect(paceOf([], { total: 9 })).toBeUndefined()
    expect(paceOf(looked([{ at: 0, done: 1 }]), { total: 9 })).toBeUndefined()
    const still = [0, 4000].map((at) => ({ at, done: 5 }))
    expect(paceOf(looked(still), { total: 9 })).toBeUndefined()
  })

  it('begins anew with the next attempt, and forgets what was long ago', () => {
    expect(lookedAgain([{ at: 0, done: 50 }], { at: 1000, done: 0 })).toEqual([{ at: 1000, done: 0 }])
    const many = looked(Array.from({ length: 100 }, (_, i) => ({ at: i * 1000, done: i < 50 ? 0 : (i - 50) * 10 })))
    expect(many).toHaveLength(20)
    expect(paceOf(many, { total: 500 })?.perSecond).toBe(10)
  })
})
