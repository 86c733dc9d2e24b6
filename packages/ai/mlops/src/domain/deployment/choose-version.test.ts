import fc from 'fast-check'
import { expect, it } from 'vitest'

import { chooseShadows, chooseVersion } from './choose-version.ts'
import { allTo, canary, checkRouting, shadowed, split } from './routing.ts'

const KEYS = Array.from({ length: 4000 }, (_, i) => `customer-${i}`)
const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 })
const routingOf = (found: ReadonlyArray<number>, seed: number) => ({
  targets: found.map((weight, i) => ({ version: String(i + 1), weight })),
  seed,
})

/** Five standard deviations of a binomial share: one false alarm in some millions. */
function expectShare(hits: number, trials: number, share: number): void {
  const slack = 5 * Math.sqrt(trials * share * (1 - share)) + 1
  expect(Math.abs(hits - trials * share)).toBeLessThanOrEqual(slack)
}

it('gives each version its share of the keys, within binomial bounds', () => {
  fc.assert(
    fc.property(weights, fc.integer(), fc.string(), (found, seed, salt) => {
      const routing = routingOf(found, seed)
      const total = found.reduce((sum, weight) => sum + weight, 0)
      const chosen = KEYS.map((key) => chooseVersion(routing, salt, { key }))
      found.forEach((weight, i) =>
        expectShare(chosen.filter((version) => version === String(i + 1)).length, KEYS.length, weight / total),
      )
    }),
    { numRuns: 30, seed: 1 },
  )
})

it('sends equal keys the same way, and moves none but to the version that grew', () => {
  const [before, after] = [canary('3', '4', 0.1), canary('3', '4', 0.3)]
  for (const key of KEYS) {
    const first = chooseVersion(before, 'fraud', { key })
    expect(chooseVersion(before, 'fraud', { key })).toBe(first)
    if (first === '4') expect(chooseVersion(after, 'fraud', { key })).toBe('4')
  }
})

it('keeps other keys where they are when a version is added', () => {
  const [before, after] = [split({ 1: 1, 2: 1 }), split({ 1: 1, 2: 1, 3: 1 })]
  for (const key of KEYS) {
    const now = chooseVersion(after, 'fraud', { key })
    if (now !== '3') expect(now).toBe(chooseVersion(before, 'fraud', { key }))
  }
})

it('deals anew with another seed, and independently for another endpoint', () => {
  const half = split({ 1: 1, 2: 1 })
  const agree = (other: (key: string) => string) =>
    KEYS.filter((key) => chooseVersion(half, 'a', { key }) === other(key)).length
  expectShare(
    agree((key) => chooseVersion({ ...half, seed: 7 }, 'a', { key })),
    KEYS.length,
    0.5,
  )
  expectShare(
    agree((key) => chooseVersion(half, 'b', { key })),
    KEYS.length,
    0.5,
  )
})

it('deals by chance where there is no key', () => {
  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 // minimal standard generator
  const hits = KEYS.filter(() => chooseVersion(canary('1', '2', 0.2), 'a', { random }) === '2').length
  expectShare(hits, KEYS.length, 0.2)
})

it('shows a shadow its share of the traffic', () => {
  const routing = { ...allTo('1'), shadows: [{ version: '2', share: 0.25 }, { version: '3' }] }
  const seen = KEYS.map((key) => chooseShadows(routing, 'a', { key }))
  expectShare(seen.filter((versions) => versions.includes('2')).length, KEYS.length, 0.25)
  expect(seen.every((versions) => versions.includes('3'))).toBe(true)
})

it.each([
  ['no target', { targets: [] }],
  ['a weight of 0', { targets: [{ version: '1', weight: 0 }] }],
  ['a weight that is no number', { targets: [{ version: '1', weight: Number.NaN }] }],
  ['an infinite weight', { targets: [{ version: '1', weight: Number.POSITIVE_INFINITY }] }],
  ['a version twice', shadowed('1', '01')],
  ['a share of 0', { ...allTo('1'), shadows: [{ version: '2', share: 0 }] }],
  ['a share above 1', { ...allTo('1'), shadows: [{ version: '2', share: 1.1 }] }],
  ['a version that is no number', allTo('champion')],
  ['a seed that is no whole number', { ...allTo('1'), seed: 0.5 }],
])('refuses a routing with %s', (_, routing) => {
  expect(() => checkRouting(routing)).toThrow(expect.objectContaining({ code: 'mlops/invalid-argument' }))
})

it.each([0, 1, -0.1, Number.NaN])('refuses a canary of share %d', (share) => {
  expect(() => canary('1', '2', share)).toThrow(expect.objectContaining({ code: 'mlops/invalid-argument' }))
})
