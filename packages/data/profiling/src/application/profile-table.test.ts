import { expect, it } from 'vitest'

import type { Profile } from '../domain/profile.ts'
import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import type { ProfileOptions } from './profile-options.ts'
import { profileTable } from './profile-table.ts'

const profiled = (
  rows: ReadonlyArray<Record<string, unknown>>,
  options: Partial<ProfileOptions> = {},
): Promise<Profile> => profileTable({ engine: memoryEngine(recordsTable(rows)), now: () => 7 }, options)

it('tells what a small column of numbers holds', async () => {
  // 1, 2, 2, 3, 10: mean 3.6; squares about it 6.76 + 2.56 + 2.56 + 0.36 + 40.96 = 53.2, so sd = sqrt(53.2 / 4)
  const profile = await profiled([1, 2, 2, 3, 10, null].map((x) => ({ x })))
  const [x] = profile.columns
  expect(x).toMatchObject({ name: 'x', type: 'category', count: 5, nulls: 1, distinct: { value: 4, exact: true } })
  expect(x?.top.slice(0, 2)).toEqual([
    { value: 2, count: 2 },
    { value: 1, count: 1 },
  ])
  const numbers = x?.numbers
  expect(numbers).toMatchObject({ min: 1, max: 10, mean: 3.6, sum: 18, zeros: 0, quantileRelativeError: 0 })
  expect(numbers?.sd).toBeCloseTo(Math.sqrt(53.2 / 4), 12)
  // Cubes about the mean: -17.576 - 2 * 4.096 - 0.216 + 262.144 = 236.16; fourth powers: 45.6976 + 2 * 6.5536 + 0.1296 + 1677.7216
  expect(numbers?.skewness).toBeCloseTo(((Math.sqrt(5) * 236.16) / 53.2 ** 1.5) * (Math.sqrt(20) / 3), 12)
  expect(numbers?.kurtosis).toBeCloseTo((4 / 6) * (6 * ((5 * 1736.656) / 53.2 ** 2 - 3) + 6), 12)
  expect(numbers?.quantiles.find(({ p }) => p === 0.75)?.value).toBe(3)
  expect(numbers?.quantiles.find(({ p }) => p === 0.95)?.value).toBeCloseTo(8.6, 12) // 3 + 0.8 * 7
  expect(numbers?.smallest).toEqual([1, 2, 3, 10])
})

it('keeps apart null, NaN, infinities and both zeros, and whole numbers past 2^53', async () => {
  const profile = await profiled([
    { f: Number.NaN, i: 9_007_199_254_740_993n },
    { f: null, i: 1 },
    { f: Number.POSITIVE_INFINITY, i: 1 },
    { f: -0, i: undefined },
    { f: 0.5, i: 2 },
  ])
  const [f, i] = profile.columns
  expect(f).toMatchObject({ count: 4, nulls: 1, distinct: { value: 4 } })
  expect(f?.numbers).toMatchObject({ nans: 1, infinities: 1, zeros: 1, negatives: 0, min: 0, max: 0.5, mean: 0.25 })
  expect(f?.top.map(({ value }) => value)).toEqual([0, 0.5, 'Infinity', 'NaN'])
  expect(i?.numbers).toMatchObject({ exactMax: '9007199254740993', exactSum: '9007199254740997' })
  expect(i?.top.at(-1)?.value).toBe('9007199254740993')
})

it('tells the lengths, shapes and order of texts by code point', async () => {
  const profile = await profiled(['Ab1', 'Cd2', '', '\u{1f600}', '\uff5e', 'Ab1'].map((t) => ({ t })))
  const [t] = profile.columns
  expect(t?.type).toBe('text')
  expect(t?.texts).toMatchObject({ minLength: 0, maxLength: 3, empty: 1, looked: 6 })
  expect(t?.texts?.patterns[0]).toEqual({ pattern: 'Aa9', count: 3 })
  expect(t?.texts?.characterClasses).toEqual({ digit: 3, lower: 3, symbol: 2, upper: 3 })
  expect(t?.top.map(({ value }) => value)).toEqual(['Ab1', '', 'Cd2', '\uff5e', '\u{1f600}'])
})

it('finds the usual step of times and where it was exceeded', async () => {
  const day = 86_400_000
  const profile = await profiled([0, 1, 2, 3, 10, 11].map((d) => ({ at: new Date(d * day) })))
  const dates = profile.columns[0]?.dates
  expect(dates).toMatchObject({ min: 0, max: 11 * day, medianStepMs: day, gaps: [{ from: 3 * day, to: 10 * day }] })
  expect(dates?.histogram.counts.reduce((a, b) => a + b)).toBe(6)
  expect(profile.sample[1]).toEqual({ at: '1970-01-02T00:00:00.000Z' })
})

it('counts rows that repeat and columns that are missing together', async () => {
  const rows = [{ a: 1, b: 'x', c: 1 }, { a: 1, b: 'x', c: 1 }, { c: 2 }, { c: 3 }, { a: 2, c: 1 }]
  const profile = await profiled(rows)
  expect(profile.duplicateRows).toBe(1)
  expect(profile.missingCells).toBe(5)
  expect(profile.missingPatterns).toEqual([
    { missing: [], rows: 2 },
    { missing: ['a', 'b'], rows: 2 },
    { missing: ['b'], rows: 1 },
  ])
})

it('profiles tables without rows, columns or values', async () => {
  expect(await profiled([])).toMatchObject({ rows: 0, columns: [], duplicateRows: 0, missingPatterns: [] })
  const empty = await profiled([{ a: null }, { a: undefined }])
  expect(empty.columns[0]).toMatchObject({
    type: 'empty',
    count: 0,
    nulls: 2,
    distinct: { value: 0, exact: true },
    top: [],
  })
})

it('names the nearest column, and says what is wrong with options', async () => {
  await expect(profiled([{ price: 1 }], { columns: ['pirce'] })).rejects.toMatchObject({
    code: 'profiling/unknown-column',
    details: { nearest: 'price' },
  })
  await expect(profiled([], { top: -1 })).rejects.toMatchObject({ code: 'profiling/invalid-options' })
})

it('finds the step and the gaps of many times from the ends of spans', async () => {
  const minute = 60_000
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ at: new Date((i + (i >= 9000 ? 500 : 0)) * minute) }))
  const dates = (await profiled(rows)).columns[0]?.dates
  expect(dates).toMatchObject({ medianStepMs: minute, medianStepExact: false })
  expect(dates?.gaps).toEqual([{ from: 8999 * minute, to: 9500 * minute }])
})

it('knows that a column of many rows is a key, and that one with a single repetition is none', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => ({ key: `k${i}`, almost: `k${i === 7 ? 8 : i}` }))
  const profile = await profiled(rows)
  expect(profile.columns.map(({ distinct }) => distinct)).toEqual([
    { value: 30_000, exact: true },
    { value: 29_999, exact: true },
  ])
  expect(profile.keys).toEqual([{ columns: ['key'], exact: true }])
  expect(profile.duplicateRows).toBe(0)
})

it('stays exact about the spread of numbers far from 0', async () => {
  // 1e9 + 0, 1, 2, ...: the textbook sum of squares loses every digit of the variance n (n + 1) / 12 = 1000 * 1001 / 12
  const rows = Array.from({ length: 1000 }, (_, i) => ({ x: 1e9 + i }))
  const numbers = (await profiled(rows, { exactDistinct: 10 })).columns[0]?.numbers
  expect(numbers?.sd).toBeCloseTo(Math.sqrt((1000 * 1001) / 12), 9)
  expect(numbers?.mean).toBe(1e9 + 499.5)
})
