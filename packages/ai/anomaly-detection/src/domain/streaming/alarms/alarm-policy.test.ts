import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AlarmPolicy, type AlarmPolicyOptions } from './alarm-policy.ts'

const short = { quiet: '.', start: 'S', ongoing: 'o', end: 'e' } as const

function phases(options: AlarmPolicyOptions, scores: ReadonlyArray<number>): string {
  const policy = new AlarmPolicy(options)
  return scores.map((score) => short[policy.update(score)]).join('')
}

describe('an alarm policy', () => {
  const scores = [1, 5, 6, 3, 1, 5, 1, 1, 1, 5]

  it.each<[string, AlarmPolicyOptions, string]>([
    ['a threshold alone: each run is an alarm', { threshold: 5 }, '.Soe.Se..S'],
    ['hysteresis: 3 does not end it', { threshold: 5, release: 2 }, '.SooeSe..S'],
    ['the first of a run: it takes 3 quiet samples to end it', { threshold: 5, gap: 3 }, '.SooooooeS'],
    ['a cool-down: none starts within 6 samples of a start', { threshold: 5, coolDown: 6 }, '.Soe.....S'],
  ])('%s', (_, options, wanted) => {
    expect(phases(options, scores)).toBe(wanted)
  })

  it('takes NaN for quiet', () => {
    expect(phases({ threshold: 0 }, [Number.NaN, 0, Number.NaN, Number.NaN])).toBe('.Se.')
  })

  it.each([
    { threshold: Number.NaN },
    { threshold: 1, release: 2 },
    { threshold: 1, gap: 0 },
    { threshold: 1, coolDown: -1 },
  ])('refuses %j', (options) => {
    expect(() => new AlarmPolicy(options)).toThrow(
      expect.objectContaining({ code: 'anomaly-detection/invalid-options' }),
    )
  })

  it('goes on from its state; alarms start at most once a cool-down, and every alarm that ends has started', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 80 }),
        fc.nat(9),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(12),
        fc.nat(80),
        (list, release, gap, coolDown, cut) => {
          const options = { threshold: 9, release, gap, coolDown }
          const whole = phases(options, list)
          const first = new AlarmPolicy(options)
          const before = list.slice(0, cut).map((score) => short[first.update(score)])
          const second = AlarmPolicy.fromJSON(JSON.parse(JSON.stringify(first)))
          expect(
            before.join('') +
              list
                .slice(cut)
                .map((score) => short[second.update(score)])
                .join(''),
          ).toBe(whole)
          expect(whole).toMatch(/^\.*(So*e\.*)*(So*)?$/)
          const starts = [...whole.matchAll(/S/g)].map(({ index }) => index)
          for (const [i, start] of starts.entries())
            if (i > 0) expect(start - (starts[i - 1] ?? 0)).toBeGreaterThan(coolDown)
        },
      ),
    )
  })

  it('refuses a state that could not be one', () => {
    const state = new AlarmPolicy({ threshold: 1 }).toJSON()
    for (const edit of [{ id: 'x' }, { gap: 0 }, { quiet: 7 }, { isOn: 1 }, { release: 2 }, { sinceStart: 3 }])
      expect(() => AlarmPolicy.fromJSON({ ...state, ...edit })).toThrow(
        expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
      )
  })
})
