import { describe, expect, it } from 'vitest'

import type { DriftColumn, DriftTable } from '../../domain/drift/two-sample/drift-column.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { detectDrift } from './detect-drift.ts'

const random = seededRandom(24)
const normal = standardNormal(random)

const numbers = (name: string, values: ReadonlyArray<number>): DriftColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
})
const texts = (name: string, values: ReadonlyArray<string | null>): DriftColumn => ({ kind: 'text', name, values })
const table = (...columns: ReadonlyArray<DriftColumn>): DriftTable => ({
  rows: columns[0]?.values.length ?? 0,
  columns,
})
const drawn = <T>(size: number, of: () => T): T[] => Array.from({ length: size }, of)
const colour = (red: number) => (): string => (random() < red ? 'red' : random() < 0.5 ? 'green' : 'blue')

describe('detectDrift', () => {
  const reference = table(
    numbers('amount', drawn(400, normal)),
    numbers(
      'age',
      drawn(400, () => 40 + 10 * normal()),
    ),
    texts('colour', drawn(400, colour(0.2))),
    numbers('only here', drawn(400, normal)),
  )

  it('tells which columns moved, from what to what', () => {
    const current = table(
      numbers(
        'age',
        drawn(300, () => 40 + 10 * normal()),
      ),
      numbers(
        'amount',
        drawn(300, () => 1 + normal()),
      ),
      texts('colour', drawn(300, colour(0.6))),
    )
    const { features, drifted, ignored, rows } = detectDrift(reference, current)
    expect({ drifted, ignored, rows }).toEqual({
      drifted: true,
      ignored: ['only here'],
      rows: { reference: 400, current: 300 },
    })
    const [amount, age, colours] = features
    expect(features.map(({ feature, drifted: moved }) => [feature, moved])).toEqual([
      ['amount', true],
      ['age', false],
      ['colour', true],
    ])
    expect(amount).toMatchObject({ kind: 'number', method: 'anderson-darling' })
    expect(amount?.effect).toBeGreaterThan(0.25) // the greatest distance of normals 1 sd apart is 2 Phi(1/2) - 1 = 0.38
    if (amount?.change.kind !== 'number') throw new Error('numbers')
    expect(amount.change.to?.median).toBeCloseTo(1, 0)
    expect(age?.adjustedPValue).toBeGreaterThanOrEqual(age?.pValue ?? 1)
    expect(colours).toMatchObject({ kind: 'category', method: 'chi-squared' })
    if (colours?.change.kind !== 'category') throw new Error('categories')
    expect(colours.change.shares[0]).toMatchObject({ category: 'red' })
    expect(colours.change.shares[0]?.from).toBeCloseTo(0.2, 1)
    expect(colours.change.shares[0]?.to).toBeCloseTo(0.6, 1)
  })

  it('sees that values have gone missing, and passes over them otherwise', () => {
    const with0 = drawn(200, normal)
    const current = table(
      numbers(
        'amount',
        with0.map((value, row) => (row % 3 === 0 ? Number.NaN : value)),
      ),
    )
    const [amount] = detectDrift(reference, current).features
    expect(amount?.missing).toMatchObject({ from: 0, drifted: true })
    expect(amount?.missing.to).toBeCloseTo(1 / 3, 2)
    expect(amount?.drifted).toBe(true)
    expect(amount?.pValue).toBeGreaterThan(0.001)
    const empty = detectDrift(
      reference,
      table(
        texts(
          'colour',
          drawn(50, () => null),
        ),
      ),
    ).features[0]
    expect(empty).toMatchObject({ method: null, pValue: null, drifted: true, missing: { to: 1, drifted: true } })
  })

  it('takes few different numbers for categories, and a column of text on either side', () => {
    const flags = table(numbers('flag', [0, 1, 0, 0, 1, 0, 0, 0]))
    expect(detectDrift(flags, table(numbers('flag', [1, 1, 1, 1, 1, 1])), { alpha: 0.1 }).features[0]).toMatchObject({
      kind: 'category',
      method: 'fisher',
      drifted: true, // of 14 values with 8 ones, 6 ones in the 6: C(8,6) / C(14,6) = 28 / 3003, and the other tail 1 / 3003
    })
    const mixed = detectDrift(
      table(numbers('id', drawn(30, normal))),
      table(
        texts(
          'id',
          drawn(30, () => 'x'),
        ),
      ),
    )
    expect(mixed.features[0]?.kind).toBe('category')
  })

  it('compares by the method asked for, where it suits; distances have a limit, not a p value', () => {
    const current = table(
      numbers(
        'amount',
        drawn(300, () => 1 + normal()),
      ),
      texts('colour', drawn(300, colour(0.2))),
    )
    for (const method of ['psi', 'jensen-shannon', 'hellinger', 'wasserstein'] as const) {
      const { features } = detectDrift(reference, current, { method })
      expect(features[0]).toMatchObject({ method, pValue: null, adjustedPValue: null, drifted: true })
      expect(features[1]?.method).toBe(method === 'wasserstein' ? 'chi-squared' : method)
      expect(features[1]?.drifted).toBe(false)
    }
    for (const method of ['kolmogorov-smirnov', 'cramer-von-mises', 'mann-whitney', 'welch', 'energy'] as const) {
      const [amount] = detectDrift(reference, current, { methods: { amount: method } }).features
      expect(amount).toMatchObject({ method, drifted: true })
    }
    expect(() => detectDrift(reference, current, { methods: { colour: 'welch' } })).toThrow(
      /column 'colour', which holds/,
    )
    expect(detectDrift(reference, current, { method: 'psi', maxDistance: 100 }).drifted).toBe(false)
  })

  it('of many rows asks for a change that matters', () => {
    const [a, b] = [drawn(12_000, normal), drawn(12_000, () => 0.06 + normal())]
    const [certain] = detectDrift(table(numbers('x', a)), table(numbers('x', b))).features
    expect(certain?.pValue).toBeLessThan(0.01)
    expect(certain?.drifted).toBe(false)
    expect(detectDrift(table(numbers('x', a)), table(numbers('x', b)), { minEffect: 0 }).drifted).toBe(true)
  })

  it('of tables of 20 columns that have not drifted says so 19 times of 20', () => {
    const RUNS = 400
    const same = (rows: number): DriftTable =>
      table(...Array.from({ length: 20 }, (_, i) => numbers(`c${i}`, drawn(rows, normal))))
    let alarms = 0
    for (let run = 0; run < RUNS; run++) if (detectDrift(same(40), same(50)).drifted) alarms++
    expect(alarms / RUNS).toBeLessThan(0.06)
    expect(alarms).toBeGreaterThan(0)
  })

  it('compares all numbers together where it is asked to', () => {
    const pairOf = (tie: number): DriftTable => {
      const first = drawn(300, normal)
      return table(
        numbers('x', first),
        numbers(
          'y',
          first.map((value) => tie * value + Math.sqrt(1 - tie * tie) * normal()),
        ),
      )
    }
    for (const joint of ['mmd', 'classifier'] as const) {
      const { joint: together, features, drifted } = detectDrift(pairOf(0), pairOf(0.8), { joint, permutations: 99 })
      expect(features.some((feature) => feature.drifted)).toBe(false)
      expect(together).toMatchObject({ method: joint, features: ['x', 'y'], drifted: true })
      expect(drifted).toBe(true)
    }
    expect(() => detectDrift(table(texts('t', ['a'])), table(texts('t', ['b'])), { joint: 'mmd' })).toThrow(
      /no column has numbers in both tables/,
    )
  })

  it('refuses tables that cannot be compared, and options that make no sense', () => {
    const other = table(numbers('z', [1, 2]))
    expect(() => detectDrift(reference, other)).toThrow(/no column in common/)
    expect(() => detectDrift(reference, other, { columns: ['amount'] })).toThrow(/current table has no column 'amount'/)
    expect(() => detectDrift(reference, other, { columns: ['z'] })).toThrow(/reference table has no column 'z'/)
    expect(() => detectDrift(reference, table(numbers('amount', [])))).toThrow(/current table has no row/)
    expect(() => detectDrift(other, table(numbers('z', [1, Infinity])))).toThrow(/row 1, column z is Infinity/)
    expect(() => detectDrift(reference, other, { alpha: 2 })).toThrow(/drift options: alpha/)
  })
})
