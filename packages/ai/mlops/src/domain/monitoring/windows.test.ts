import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { boundsOf, isOutside } from './bounds.ts'
import { categoricalColumnOf, numericColumnOf } from './column.ts'
import { columnProfileOf, columnQualityOf, duplicateRows } from './quality.ts'
import { cutIntoWindows, type WindowPolicy } from './windows.ts'

describe('windows', () => {
  it('by size: the rest waits', () => {
    const windows = cutIntoWindows(5, { by: 'size', size: 2 })
    expect(windows.map(({ key, isComplete }) => [key, isComplete])).toEqual([
      ['0-1', true],
      ['2-3', true],
      ['4-4', false],
    ])
  })

  it('by count: parts of near equal size, never an empty one', () => {
    expect(cutIntoWindows(10, { by: 'count', count: 3 }).map(({ rows }) => rows.length)).toEqual([3, 3, 4])
    expect(cutIntoWindows(2, { by: 'count', count: 3 }).length).toBe(2)
  })

  it('by period: in order of time, the newest open', () => {
    const hour = 3_600_000
    const windows = cutIntoWindows(3, { by: 'period', periodMs: hour }, [hour + 1, 5, hour - 1])
    expect(windows).toEqual([
      { key: '1970-01-01T00:00:00.000Z', rows: [1, 2], isComplete: true },
      { key: '1970-01-01T01:00:00.000Z', rows: [0], isComplete: false },
    ])
  })

  it('hold every row once', () => {
    const policies = fc.oneof(
      fc.record({ by: fc.constant('count' as const), count: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ by: fc.constant('size' as const), size: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ by: fc.constant('period' as const), periodMs: fc.integer({ min: 1, max: 9 }) }),
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), policies, (times, policy: WindowPolicy) => {
        const rows = cutIntoWindows(times.length, policy, times).flatMap((window) => window.rows)
        expect(rows.toSorted((a, b) => a - b)).toEqual([...times.keys()])
      }),
    )
  })
})

describe('bounds', () => {
  it('mean 4, deviation 2 (over n) of 2 and 6; drawn in to the limits', () => {
    expect(boundsOf({ kind: 'deviation', times: 2 }, [2, 6, Number.NaN])).toEqual({ lower: 0, upper: 8 })
    expect(boundsOf({ kind: 'deviation' }, [2, 6], { lower: 0, upper: 7 })).toEqual({ lower: 0, upper: 7 })
    expect(boundsOf({ kind: 'deviation' }, [])).toEqual({})
    expect(boundsOf({ kind: 'constant', upper: 1 }, [5])).toEqual({ upper: 1 })
  })

  it('a value on a bound is inside', () => {
    expect([0, 1, 1.1, -0.1].map((value) => isOutside(value, { lower: 0, upper: 1 }))).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect(isOutside(99, {})).toBe(false)
    expect(isOutside(0.1 + 0.2, { upper: 0.3 })).toBe(false) // 0.30000000000000004
    expect(isOutside(1e-16, { upper: 0 })).toBe(false)
  })
})

describe('data quality', () => {
  const rows = [{ n: 1, c: 'a' }, { n: 3, c: 'b' }, { n: null, c: 'b' }, { n: 2 }]
  const [n, c] = [columnProfileOf(numericColumnOf(rows, 'n')), columnProfileOf(categoricalColumnOf(rows, 'c'))]

  it('counts what is missing, out of range and unseen', () => {
    const now = [
      { n: 0, c: 'z' },
      { n: 4, c: 'a' },
      { n: Number.NaN, c: null },
      { n: 3, c: 'z' },
    ]
    expect(columnQualityOf(numericColumnOf(now, 'n'), n)).toEqual({
      column: 'n',
      missing: 1,
      missingShare: 0.25,
      outOfRange: 2,
      unseen: 0,
      unseenExamples: [],
      becameConstant: false,
    })
    expect(columnQualityOf(categoricalColumnOf(now, 'c'), c)).toMatchObject({
      missing: 1,
      unseen: 2,
      unseenExamples: ['z'],
    })
  })

  it('sees a column stand still, and rows come twice', () => {
    const now = [{ n: 2 }, { n: 2 }, { n: 2 }]
    expect(columnQualityOf(numericColumnOf(now, 'n'), n).becameConstant).toBe(true)
    expect(columnQualityOf(numericColumnOf([{ n: 2 }], 'n'), n).becameConstant).toBe(false)
    expect(duplicateRows([numericColumnOf(now, 'n')], 3)).toBe(2)
    expect(duplicateRows([numericColumnOf(rows, 'n'), categoricalColumnOf(rows, 'c')], 4)).toBe(0)
  })

  it('names the row and column of a value that is none', () => {
    expect(() => numericColumnOf([{ n: 1 }, { n: 'x' }], 'n')).toThrow('column n, row 1: a finite number is needed')
    expect(() => numericColumnOf([{ n: Infinity }], 'n')).toThrow(/found Infinity/)
    expect(() => categoricalColumnOf([{ c: {} }], 'c')).toThrow(/row 0/)
  })
})
