import { describe, expect, it } from 'vitest'

import { profileTable } from '../../application/profile-table.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import type { Profile } from '../profile.ts'
import { compareProfiles } from './compare-profiles.ts'
import { jensenShannonDistance, kolmogorovDistance, twoSampleChiSquare, wassersteinDistance } from './distances.ts'

const profiled = (rows: ReadonlyArray<Record<string, unknown>>, sketches = false): Promise<Profile> =>
  profileTable({ engine: memoryEngine(recordsTable(rows)), now: () => 7 }, { sketches })
const randomOf = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function table(count: number, seed: number, shift = 0): ReadonlyArray<Record<string, unknown>> {
  const random = randomOf(seed)
  return Array.from({ length: count }, () => ({
    height: normal(random) + shift,
    colour: random() < 0.6 - shift / 4 ? 'red' : random() < 0.5 ? 'green' : 'blue',
    noted: random() < 0.05 + shift / 4 ? null : random(),
    email: `p${Math.floor(random() * 1e6)}@example.org`,
  }))
}

describe('distances, worked by hand', () => {
  const bins = { edges: [0, 1, 2, 4], reference: [1, 1, 2], current: [2, 0, 2] }
  // Shares 1/4 1/4 1/2 and 1/2 0 1/2: the functions differ by 1/4 at 1, by 0 from 2 on.
  it('Kolmogorov and Wasserstein', () => {
    expect(kolmogorovDistance(bins)).toBe(0.25)
    expect(wassersteinDistance(bins)).toBe(0.25)
  })
  // Counts 10 20 and 20 10: each expected 15, so 4 x 25 / 15.
  it('chi-square and Jensen-Shannon', () => {
    expect(twoSampleChiSquare([10, 20, 0], [20, 10, 0])).toEqual({ chiSquare: 100 / 15, degrees: 1 })
    expect(jensenShannonDistance([1, 0], [0, 1])).toBe(1)
    expect(jensenShannonDistance([2, 6], [1, 3])).toBe(0)
  })
})

describe('the comparison of profiles', () => {
  it.each([
    [400, false],
    [400, true],
    [3000, false],
    [3000, true],
  ])('finds what drifted among %i rows, sketches %s', async (rows, sketches) => {
    const reference = await profiled(table(rows, 1), sketches)
    const drifted = compareProfiles(reference, await profiled(table(rows, 9, 0.8), sketches))
    const outcomes = Object.fromEntries(drifted.columns.map(({ column, values }) => [column, values.outcome]))
    expect(outcomes).toEqual({ height: 'drift', colour: 'drift', noted: 'stable', email: 'stable' })
    expect(drifted.columns.find(({ column }) => column === 'noted')?.missing).toMatchObject({ outcome: 'drift' })
    expect(drifted).toMatchObject({ drifted: 2, tested: 4 })
  })

  it('finds no drift in a sample of the same kind, nor a tiny one that is certain', async () => {
    const reference = await profiled(table(3000, 1))
    expect(compareProfiles(reference, await profiled(table(2500, 5))).drifted).toBe(0)
    const nudged = compareProfiles(await profiled(table(20_000, 1)), await profiled(table(20_000, 2, 0.06)))
    expect(nudged.columns[0]?.values).toMatchObject({ outcome: 'stable', measure: 'wasserstein / sd' })
    const [height] = nudged.columns
    expect(height?.values.outcome !== 'none' && height?.values.adjustedPValue).toBeLessThan(0.05)
  })

  it('keeps false discoveries at bay over many columns without drift', async () => {
    const wide = (seed: number): ReadonlyArray<Record<string, unknown>> => {
      const random = randomOf(seed)
      return Array.from({ length: 200 }, () =>
        Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, normal(random)])),
      )
    }
    const { columns, drifted } = compareProfiles(await profiled(wide(3), true), await profiled(wide(4), true))
    const raw = columns.filter(({ values }) => values.outcome !== 'none' && values.pValue < 0.05).length
    expect(raw).toBeGreaterThan(0) // what a test without the correction would call drift
    expect(drifted).toBe(0)
  })

  it('tells what became of the schema', async () => {
    const reference = await profiled([
      { a: 1, b: 'x', c: 1 },
      { a: 2, b: 'y', c: 2 },
    ])
    const current = await profiled([
      { a: 'one', c: null, d: 1 },
      { a: 'two', c: 2, d: 1 },
    ])
    expect(compareProfiles(reference, current).schema).toEqual({
      added: ['d'],
      removed: ['b'],
      retyped: [{ column: 'a', reference: 'integer', current: 'string' }],
      nowMissing: ['c'],
    })
    expect(() => compareProfiles(reference, current, { falseDiscoveryRate: 1 })).toThrow(/above 0 and below 1/)
  })

  it('says why where it cannot tell', async () => {
    const [empty, full] = [await profiled([{ a: null }]), await profiled([{ a: 1 }, { a: 2 }])]
    expect(compareProfiles(empty, full).columns[0]?.values).toEqual({
      outcome: 'none',
      reason: 'one of them has no values',
    })
  })
})
