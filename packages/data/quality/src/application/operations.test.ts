import { expect, it } from 'vitest'

import type { ExpectationResult } from '../domain/validation-result.ts'
import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import { validate, type ValidateOptions } from './validate.ts'

const orders = memoryEngine(
  recordsTable([
    { id: 1, customer: 7, price: 10, cost: 4, at: new Date('2026-01-01T00:00:00Z'), land: 'DE' },
    { id: 2, customer: 8, price: 3, cost: 4, at: new Date('2026-01-02T00:00:00Z'), land: 'DE' },
    { id: 3, customer: 9, price: 5, cost: null, at: new Date('2026-01-03T00:00:00Z'), land: 'FR' },
    { id: 4, customer: null, price: 8, cost: 1, at: null, land: null },
  ]),
)
const customers = memoryEngine(recordsTable([{ customer: 7 }, { customer: 9 }]))

async function one(
  type: string,
  kwargs: Record<string, unknown>,
  options: ValidateOptions = {},
): Promise<ExpectationResult> {
  const tables = { customers, same: orders }
  const { results } = await validate({ name: 's', expectations: [{ type, kwargs }] }, orders, {
    tables,
    strict: true,
    ...options,
  })
  if (results[0] === undefined) throw new Error('there is no result')
  return results[0]
}

it('finds keys that another table has not', async () => {
  const found = await one(
    'expectColumnValuesToExistInOtherTable',
    { columnList: ['customer'], otherTable: 'customers' },
    { keyColumns: ['id'] },
  )
  expect(found).toMatchObject({
    success: false,
    result: { missingCount: 1, unexpectedCount: 1, partialUnexpectedIndexList: [{ id: 2, customer: 8 }] },
  })
})

it('judges the age of the newest row by the given clock', async () => {
  const now = (): number => Date.UTC(2026, 0, 3, 1)
  expect(await one('expectColumnMaxToBeRecent', { column: 'at', maxAgeSeconds: 3600 }, { now })).toMatchObject({
    success: true,
    result: { observedValue: '2026-01-03T00:00:00.000Z', details: { ageSeconds: 3600 } },
  })
  expect(await one('expectColumnMaxToBeRecent', { column: 'at', maxAgeSeconds: 3599 }, { now })).toMatchObject({
    success: false,
  })
})

it('holds the rows against history: median 10, MAD 1, so 3.5 * 1.4826 away at most', async () => {
  const rowCountHistory = (): Promise<ReadonlyArray<number>> => Promise.resolve([9, 10, 11, 10, 12])
  expect(await one('expectTableRowCountToMatchHistory', {}, { rowCountHistory })).toMatchObject({
    success: false,
    result: { observedValue: 4, details: { median: 10, range: [10 - 3.5 * 1.4826, 10 + 3.5 * 1.4826] } },
  })
  expect(await one('expectTableRowCountToMatchHistory', { history: [1, 2] })).toMatchObject({ success: true })
})

it('judges conditions over columns; unknown passes', async () => {
  expect(await one('expectRowsToSatisfy', { condition: "price >= cost or land = 'FR'" })).toMatchObject({
    success: false,
    result: { unexpectedCount: 1, partialUnexpectedList: [{ price: 3, cost: 4, land: 'DE' }] },
  })
})

it('judges each segment by itself', async () => {
  const kwargs = {
    groupBy: ['land'],
    expectation: { type: 'expectColumnMinToBeBetween', kwargs: { column: 'price', minValue: 4 } },
    mostly: 0.6,
  }
  expect(await one('expectSegmentsToSatisfy', kwargs)).toMatchObject({
    success: true,
    result: {
      elementCount: 3,
      unexpectedCount: 1,
      details: {
        segments: [
          { segment: { land: 'DE' }, rows: 2, success: false },
          { segment: { land: 'FR' } },
          { segment: { land: null } },
        ],
      },
    },
  })
})

it('reconciles with another table, by numbers and by rows', async () => {
  const compare = [{ aggregate: 'count', column: 'customer' }]
  expect(await one('expectAggregatesToMatchOtherTable', { otherTable: 'customers', compare })).toMatchObject({
    success: false,
    result: { observedValue: [{ self: 3, other: 2, success: false }] },
  })
  expect(
    await one('expectRowsToMatchOtherTable', { otherTable: 'same', columnList: ['id', 'at', 'price'] }),
  ).toMatchObject({ success: true })
  expect(await one('expectRowsToMatchOtherTable', { otherTable: 'customers', columnList: ['customer'] })).toMatchObject(
    {
      success: false,
      result: { details: { unexpectedRows: 2, missingRows: 0, partialUnexpectedRows: [[8], [null]] } },
    },
  )
})

it.each(['psi', 'jensenShannon', 'ks', 'chiSquare'])(
  'sees no drift from itself, and a shift, by %s',
  async (method) => {
    const sample = (shift: number): ReturnType<typeof memoryEngine> =>
      memoryEngine(recordsTable(Array.from({ length: 300 }, (_, i) => ({ x: ((i * 37) % 101) / 7 + shift }))))
    const judge = async (shift: number): Promise<boolean> => {
      const suite = {
        name: 's',
        expectations: [
          { type: 'expectColumnDistributionToMatchTable', kwargs: { column: 'x', referenceTable: 'r', method } },
        ],
      }
      return (await validate(suite, sample(shift), { tables: { r: sample(0) }, strict: true })).success
    }
    expect(await judge(0)).toBe(true)
    expect(await judge(5)).toBe(false)
  },
)

it('holds a table against a contract', async () => {
  const columns = [
    { name: 'id', type: 'integer', nullable: false, unique: true },
    { name: 'customer', type: 'text', nullable: false },
    { name: 'gone' },
  ]
  expect((await one('expectTableToMatchSchema', { columns, allowExtra: true })).result.details).toEqual({
    faults: [
      { column: 'customer', fault: 'type', expected: 'text', found: 'integer' },
      { column: 'customer', fault: 'null', rows: 1 },
      { column: 'gone', fault: 'missing' },
    ],
  })
})

it('says when the time was over', async () => {
  const signal = AbortSignal.timeout(1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await expect(one('expectTableRowCountToEqual', { value: 4 }, { signal })).rejects.toMatchObject({
    code: 'quality/timed-out',
  })
})

it('stops when cancelled, and asks equal questions once', async () => {
  const controller = new AbortController()
  controller.abort()
  await expect(one('expectTableRowCountToEqual', { value: 4 }, { signal: controller.signal })).rejects.toMatchObject({
    code: 'quality/cancelled',
  })
  const asked: Array<number> = []
  const counting = {
    ...orders,
    measure: async (...question: Parameters<typeof orders.measure>) => (
      asked.push(question[0].length),
      orders.measure(...question)
    ),
  }
  const twice = { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'cost' } }
  await validate(
    {
      name: 's',
      expectations: [twice, twice, { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'cost', valueSet: [1] } }],
    },
    counting,
    { resultFormat: 'BOOLEAN_ONLY' },
  )
  // One turn: rows, rows without a cost, rows with another one.
  expect(asked).toEqual([3])
})
