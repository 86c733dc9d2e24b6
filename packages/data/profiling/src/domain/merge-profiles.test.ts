import fc from 'fast-check'
import { expect, it } from 'vitest'

import { profileTable } from '../application/profile-table.ts'
import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { randomTable } from '../testing/random-table.ts'
import type { ColumnProfile } from './column-profile.ts'
import { mergeProfiles } from './merge-profiles.ts'
import type { Profile } from './profile.ts'

const options = { sketches: true, exactDistinct: 500 }

async function profiled(rows: number, seed: number, from: number, to: number): Promise<Profile> {
  const columns = randomTable(rows, seed).map(({ values, type, ...column }) => ({
    ...column,
    physicalType: type,
    values: values.slice(from, to),
  }))
  return profileTable({ engine: memoryEngine({ rows: to - from, columns }), now: () => 0 }, options)
}

/** What parts know exactly. */
function counted({ name, count, nulls, numbers, dates, texts, distinct, top }: ColumnProfile): unknown {
  const round = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Number(value.toPrecision(7))
  return {
    name,
    count,
    nulls,
    distinct,
    top,
    numbers: numbers && [
      numbers.min,
      numbers.max,
      numbers.exactSum,
      numbers.exactMax,
      numbers.zeros,
      numbers.nans,
      numbers.infinities,
    ],
    moments: numbers && [numbers.mean, numbers.sd, numbers.skewness, numbers.kurtosis].map(round),
    quantiles: numbers?.quantiles,
    ends: numbers && [numbers.smallest, numbers.largest],
    dates: dates && [dates.min, dates.max],
    texts: texts && [texts.minLength, texts.maxLength, round(texts.meanLength), texts.empty],
  }
}

it('gives the profile of the whole from the profiles of its parts, through JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 2, 60, 200), fc.nat(), async (rows, seed) => {
      const cut = Math.floor(rows / 3)
      const parts: ReadonlyArray<Profile> = JSON.parse(
        JSON.stringify([await profiled(rows, seed, 0, cut), await profiled(rows, seed, cut, rows)]),
      )
      const [a, b] = parts
      if (a === undefined || b === undefined) throw new Error('two parts were made')
      const merged = mergeProfiles(a, b)
      const whole = await profiled(rows, seed, 0, rows)
      expect(merged.rows).toBe(rows)
      expect(merged.missingCells).toBe(whole.missingCells)
      expect(merged.columns.map(counted)).toEqual(whole.columns.map(counted))
      expect(merged.columns.map(({ numbers }) => numbers?.histogram.counts.reduce((sum, n) => sum + n, 0))).toEqual(
        whole.columns.map(({ numbers }) => numbers?.histogram.counts.reduce((sum, n) => sum + n, 0)),
      )
    }),
    { numRuns: 40, seed: 6 },
  )
})

it('refuses profiles without sketches, and hashes of two engines', async () => {
  const a = await profiled(20, 5, 0, 10)
  const bare = { ...a, columns: a.columns.map(({ sketches: _sketches, ...column }) => column) }
  expect(() => mergeProfiles(a, bare)).toThrow(expect.objectContaining({ code: 'profiling/cannot-merge' }))
  const other = {
    ...a,
    columns: a.columns.map((column) =>
      column.sketches === undefined ? column : { ...column, sketches: { ...column.sketches, hash: 'other' } },
    ),
  }
  expect(() => mergeProfiles(a, other)).toThrow(/hashed by/)
})
